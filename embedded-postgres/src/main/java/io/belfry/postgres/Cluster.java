package io.belfry.postgres;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// PostgreSQL's files, complete and fit for its programs, and who runs them.
record Cluster(DataDirectory directory, PostgresPrograms programs, RunAs runAs) {
  static final String USER = "belfry";

  private static final Duration CREATION_LIMIT = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 24;

  /// The cluster of this data directory, made now if there is none.
  static Cluster in(DataDirectory directory, PostgresPrograms programs, RunAs runAs) {
    var cluster = new Cluster(directory, programs, runAs);
    if (Files.exists(cluster.path())) {
      cluster.requireThisVersion();
      return cluster;
    }
    try {
      cluster.create();
      return cluster;
    } catch (IOException e) {
      throw Unavailable.because(
          "no database can be created in %s: %s".formatted(directory.root(), e), e);
    }
  }

  Path path() {
    return directory.cluster();
  }

  /// One of PostgreSQL's programs as a command.
  ///
  /// @param before what else stands between us and the program
  Command command(List<String> before, String program, List<String> arguments) {
    var words = new ArrayList<>(runAs.prefix());
    words.addAll(before);
    words.add(programs.program(program).toString());
    words.addAll(arguments);
    return new Command(words);
  }

  private void requireThisVersion() {
    var file = path().resolve("PG_VERSION");
    try {
      var made = Files.readString(file).strip();
      var brought = PostgresPrograms.VERSION.split("\\.")[0];
      if (!made.equals(brought)) {
        throw Unavailable.because(
            "%s was made by PostgreSQL %s and this Belfry brings %s: convert it with pg_upgrade, or start the Belfry that made it"
                .formatted(path(), made, brought));
      }
    } catch (IOException e) {
      throw Unavailable.because(
          "%s is no PostgreSQL cluster that this user may read (%s): restore it from a backup, or move it away to start empty"
              .formatted(path(), e),
          e);
    }
  }

  /// Makes the cluster next to its place and moves it there, so that an interrupted creation leaves
  /// nothing that looks like a cluster.
  private void create() throws IOException {
    var unfinished = directory.unfinishedCluster();
    Folders.delete(unfinished);
    Files.createDirectory(unfinished, asFileAttribute(fromString("rwx------")));
    createPassword();
    runAs.give(directory.root());
    runAs.give(directory.secret());
    runAs.give(unfinished);
    var log = PostgresLog.of(directory);
    var code = initdb(unfinished).run(log.output(), CREATION_LIMIT);
    if (code != 0) {
      throw Unavailable.because(
          "no database can be created in %s: initdb, run as %s, ended with code %s and wrote to %s:%n%s"
              .formatted(directory.root(), runAs.who(), code, log, log.tail()));
    }
    Folders.publish(unfinished, path());
  }

  /// Sorting by code point with PostgreSQL's own tables: a new C library can't change the order
  /// under existing indexes. One iteration, as more only help passwords that can be guessed, which
  /// ours can't; the usual 4,096 take Java 0.1 s for the first connection.
  private Command initdb(Path target) {
    return command(
        List.of(),
        "initdb",
        List.of(
            "--pgdata=" + target,
            "--username=" + USER,
            "--pwfile=" + directory.secret(),
            "--auth=scram-sha-256",
            "--set=scram_iterations=1",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--data-checksums"));
  }

  private void createPassword() throws IOException {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    var file = directory.secret();
    Files.deleteIfExists(file);
    Files.createFile(file, asFileAttribute(fromString("rw-------")));
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    // on the disk before the cluster is, or a power cut could lock us out for ever
    Files.writeString(file, password + "\n", StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }
}

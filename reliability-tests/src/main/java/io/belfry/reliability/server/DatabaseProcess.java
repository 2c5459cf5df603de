package io.belfry.reliability.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The PostgreSQL that a server has started in its data folder, seen from outside: found by its
/// files, killed by its number.
final class DatabaseProcess {
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;
  private static final Duration REVIVAL_LIMIT = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Path folder;
  private final Path cluster;

  DatabaseProcess(Path folder) {
    this.folder = folder;
    this.cluster = folder.resolve("postgres");
  }

  /// A postmaster and how it was called.
  record Postmaster(ProcessHandle process, List<String> command) {}

  /// The running postmaster, if there is one.
  Optional<Postmaster> running() throws IOException {
    var lines = pidFile();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var process = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
    return process
        .filter(ProcessHandle::isAlive)
        .flatMap(found -> commandLine(found).map(command -> new Postmaster(found, command)));
  }

  private List<String> pidFile() {
    try {
      return Files.readAllLines(cluster.resolve("postmaster.pid"));
    } catch (IOException e) {
      return List.of(); // there is none
    }
  }

  private Optional<List<String>> commandLine(ProcessHandle process) {
    try {
      var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      var words = List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
      return Optional.of(words).filter(found -> found.contains(cluster.toString()));
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }

  /// `kill -9` of the postmaster; its children notice and end by themselves.
  ///
  /// @return what was killed, if anything ran
  Optional<Postmaster> kill() throws IOException {
    var found = running();
    found.ifPresent(postmaster -> {
      postmaster.process.destroyForcibly();
      postmaster.process.onExit().join();
    });
    return found;
  }

  /// Starts a killed postmaster again as it was, on the same port, as somebody who looks after a
  /// database would, unless it is back already.
  void revive(Postmaster killed) throws IOException, InterruptedException {
    var end = System.nanoTime() + REVIVAL_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      if (running().isPresent() && isReady()) {
        return;
      }
      if (running().isEmpty()) {
        spawn(killed);
      }
      Thread.sleep(GLANCE);
    }
    throw new IOException("PostgreSQL in %s does not come back".formatted(cluster));
  }

  private boolean isReady() {
    var lines = pidFile();
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /// Waits a moment for the process to write its file, or to end: while children of the killed one
  /// live, it can't start.
  private void spawn(Postmaster killed) throws IOException, InterruptedException {
    var command = new ArrayList<>(prefix());
    command.addAll(killed.command);
    var log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    while (process.isAlive() && running().isEmpty()) {
      Thread.sleep(GLANCE);
    }
  }

  /// PostgreSQL refuses to run as root.
  private List<String> prefix() throws IOException {
    var owner = Files.getAttribute(cluster, "unix:uid");
    var ours = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!owner.equals(ours)) {
      var group = Files.getAttribute(cluster, "unix:gid");
      return List.of("setpriv", "--reuid=" + owner, "--regid=" + group, "--clear-groups", "--");
    }
    return ours.equals(0) ? List.of("unshare", "-U", "--") : List.of();
  }

  /// A connection of our own, past the server.
  Connection connect() throws SQLException, IOException {
    var lines = pidFile();
    if (lines.size() <= PORT_LINE) {
      throw new SQLException("no PostgreSQL runs in " + cluster);
    }
    var password = Files.readString(folder.resolve("postgres.secret")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%s/postgres?sslmode=disable"
            .formatted(lines.get(PORT_LINE).strip()),
        "belfry",
        password);
  }
}

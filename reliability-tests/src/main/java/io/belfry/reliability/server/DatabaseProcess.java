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

/// The PostgreSQL in a data folder, seen from outside: found by its files, killed by its number. A
/// server has started it and starts it again, until it is [adopted][#adopt].
final class DatabaseProcess {
  static final String USER = "belfry";

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;
  private static final Duration REVIVAL_LIMIT = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Path folder;
  private final Path cluster;
  private List<String> command = List.of();

  DatabaseProcess(Path folder) {
    this.folder = folder;
    this.cluster = folder.resolve("postgres");
  }

  /// The running postmaster, if there is one.
  Optional<ProcessHandle> running() {
    var lines = pidFile();
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(ProcessHandle::isAlive)
            .filter(this::isOurs);
  }

  private List<String> pidFile() {
    try {
      return Files.readAllLines(cluster.resolve("postmaster.pid"));
    } catch (IOException e) {
      return List.of(); // there is none
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return commandLine(process).contains(cluster.toString());
  }

  private static List<String> commandLine(ProcessHandle process) {
    try {
      var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }

  /// From now on, starting it is up to us: as the running one was, at the same address. Whoever has
  /// started that must end now.
  ///
  /// @return its address
  String adopt() throws IOException {
    command = commandLine(running().orElseThrow());
    return jdbcUrl();
  }

  boolean isAdopted() {
    return !command.isEmpty();
  }

  /// Starts one that was adopted, unless it runs, and waits until it is ready. After a kill it may
  /// refuse to start until the last of its children has noticed.
  void start(Path log) throws IOException, InterruptedException {
    var end = System.nanoTime() + REVIVAL_LIMIT.toNanos();
    while (running().isEmpty() && System.nanoTime() < end) {
      var words = new ArrayList<>(prefix());
      words.addAll(command);
      var output = Redirect.appendTo(log.toFile());
      var process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output).start();
      while (process.isAlive() && !(running().isPresent() && isReady())) {
        Thread.sleep(GLANCE);
      }
    }
    awaitRevival();
  }

  /// PostgreSQL refuses to be root: then it runs as the server has chosen, whom the files belong
  /// to.
  private List<String> prefix() throws IOException {
    var ourselves = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    var owner = Files.getAttribute(cluster, "unix:uid");
    if (!ourselves.equals(0)) {
      return List.of();
    }
    return owner.equals(0)
        ? List.of("unshare", "-U", "--")
        : List.of("setpriv", "--reuid=" + owner, "--regid=" + owner, "--clear-groups", "--");
  }

  /// `kill -9` of the postmaster; its children notice and end by themselves.
  ///
  /// @return whether anything ran
  boolean kill() {
    var found = running();
    found.ifPresent(postmaster -> {
      postmaster.destroyForcibly();
      postmaster.onExit().join();
    });
    return found.isPresent();
  }

  /// Waits until the server has started PostgreSQL again.
  void awaitRevival() throws IOException, InterruptedException {
    var end = System.nanoTime() + REVIVAL_LIMIT.toNanos();
    while (running().isEmpty() || !isReady()) {
      if (System.nanoTime() > end) {
        throw new IOException("PostgreSQL in %s does not come back".formatted(cluster));
      }
      Thread.sleep(GLANCE);
    }
  }

  private boolean isReady() {
    var lines = pidFile();
    return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /// A connection of our own, past the server.
  Connection connect() throws SQLException, IOException {
    return DriverManager.getConnection(jdbcUrl(), USER, Files.readString(secret()).strip());
  }

  private String jdbcUrl() throws IOException {
    var lines = pidFile();
    if (lines.size() <= PORT_LINE) {
      throw new IOException("no PostgreSQL runs in " + cluster);
    }
    return "jdbc:postgresql://127.0.0.1:%s/postgres?sslmode=disable"
        .formatted(lines.get(PORT_LINE).strip());
  }

  /// The file that holds the password.
  Path secret() {
    return folder.resolve("postgres.secret");
  }
}

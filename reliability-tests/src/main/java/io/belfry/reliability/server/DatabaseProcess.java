package io.belfry.reliability.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
    try {
      var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      var words = List.of(Files.readString(file, StandardCharsets.UTF_8).split("\0"));
      return words.contains(cluster.toString());
    } catch (IOException e) {
      return false; // it has ended
    }
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

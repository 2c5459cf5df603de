package io.belfry.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// Somebody else's PostgreSQL, as far as a server under test is concerned: it goes away and comes
/// back at the same address, and nobody but the test starts it. It writes through to the disk.
public final class StoppablePostgres implements AutoCloseable {
  private static final PostgresSettings SMALL =
      new PostgresSettings(32, 4, 128, 60, Duration.ofSeconds(60), Duration.ofSeconds(30));

  private final Launch launch;
  private Postmaster postmaster;

  private StoppablePostgres(Launch launch, Postmaster postmaster) {
    this.launch = launch;
    this.postmaster = postmaster;
  }

  public static StoppablePostgres start(Path directory) {
    var data = DataDirectory.at(directory);
    var cluster = Cluster.in(data, TestPostgres.programs(), RunAs.choose());
    var launch = new Launch(cluster, SMALL, Durability.KEEPS_COMMITS);
    return new StoppablePostgres(launch, Postmaster.start(launch));
  }

  /// With the user and the password.
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%s/postgres?sslmode=disable&gssEncMode=disable&user=%s&password=%s"
        .formatted(postmaster.port(), Cluster.USER, launch.cluster().directory().password());
  }

  /// Stops it as its administrator would.
  public void stop() {
    postmaster.stop();
  }

  /// Stops it as a power cut would: all its processes at once.
  public void kill() {
    var main = ProcessHandle.of(postmaster.pid()).orElseThrow();
    var all = Stream.concat(Stream.of(main), main.children()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  /// Starts it again, at the same address.
  public void startAgain() {
    postmaster = Postmaster.restart(launch, postmaster.port());
  }

  @Override
  public void close() {
    postmaster.stop();
  }
}

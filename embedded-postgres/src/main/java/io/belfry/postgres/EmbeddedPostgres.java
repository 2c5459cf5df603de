package io.belfry.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that belongs to this process: started here, reachable on loopback only, started
/// again at the same address when it dies, and stopped by [#close] or when this process dies,
/// however it dies. What was committed survives all of that.
///
/// It keeps everything in one data directory: the cluster, its password, its log and a lock that
/// keeps a second process out. All methods may be called from any thread.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final DataDirectory directory;
  private final DirectoryLock lock;
  private final Supervisor supervisor;

  private EmbeddedPostgres(DataDirectory directory, DirectoryLock lock, Supervisor supervisor) {
    this.directory = directory;
    this.lock = lock;
    this.supervisor = supervisor;
  }

  /// Starts the PostgreSQL of this data directory, after making one if there is none yet, and waits
  /// until it accepts connections.
  ///
  /// @throws io.belfry.problem.ProblemException `DATABASE_UNAVAILABLE` if it can't be started; the
  ///   message says why and what to do
  public static EmbeddedPostgres start(Path dataDirectory, PostgresSettings settings) {
    PostgresPrograms.requireKnownPlatform();
    var directory = DataDirectory.at(dataDirectory);
    var programs = PostgresPrograms.unpackedIn(directory.root());
    return start(directory, programs, RunAs.choose(), settings, Durability.KEEPS_COMMITS);
  }

  /// Starts a PostgreSQL with something in it whose data nobody needs after it. Where possible it
  /// begins with a copy of a cluster that was filled once, and a crash of the machine may lose
  /// commits; both save time.
  ///
  /// @param dataDirectory without a cluster
  /// @throws io.belfry.problem.ProblemException `DATABASE_UNAVAILABLE` if it can't be started; the
  ///   message says why and what to do
  public static EmbeddedPostgres startEphemeral(
      Path dataDirectory, PostgresSettings settings, Filling filling) {
    PostgresPrograms.requireKnownPlatform();
    return startEphemeral(
        DataDirectory.at(dataDirectory), settings, filling, ClusterCache.ofThisUser());
  }

  static EmbeddedPostgres startEphemeral(
      DataDirectory directory, PostgresSettings settings, Filling filling, ClusterCache cache) {
    var runAs = RunAs.choose();
    var programs = cache.prepare(directory, filling, settings, runAs);
    var isFilled = Files.exists(directory.cluster());
    var postgres = start(directory, programs, runAs, settings, Durability.LOSES_COMMITS);
    return isFilled ? postgres : filled(postgres, filling);
  }

  private static EmbeddedPostgres filled(EmbeddedPostgres postgres, Filling filling) {
    try {
      filling.content().accept(postgres);
      return postgres;
    } catch (RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  static EmbeddedPostgres start(
      DataDirectory directory,
      PostgresPrograms programs,
      RunAs runAs,
      PostgresSettings settings,
      Durability durability) {
    var lock = DirectoryLock.of(directory);
    try {
      var cluster = Cluster.in(directory, programs, runAs);
      var launch = new Launch(cluster, settings, durability);
      var supervisor = Supervisor.start(launch, RestartPolicy.USUAL);
      var pid = supervisor.postmaster().pid();
      LOG.info("PostgreSQL runs as process {} in {}", pid, directory.root());
      return new EmbeddedPostgres(directory, lock, supervisor);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// Where clients connect.
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%s/%s?sslmode=disable&gssEncMode=disable"
        .formatted(supervisor.postmaster().port(), database);
  }

  /// The only user, who may do everything.
  public String user() {
    return Cluster.USER;
  }

  public String password() {
    return directory.password();
  }

  /// The number of the process, which changes when it died and was started again; for people and
  /// tests.
  public long pid() {
    return supervisor.postmaster().pid();
  }

  public boolean isRunning() {
    return supervisor.postmaster().isRunning();
  }

  /// Ends all connections and stops PostgreSQL. Waits as long as the settings allow, then kills it;
  /// even so nothing committed is lost.
  @Override
  public void close() {
    try {
      supervisor.close();
    } finally {
      lock.close();
    }
  }
}

package io.belfry.store.embedded;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running PostgreSQL that belongs to this process: started here, reachable on loopback only, and
/// stopped by [#close] or when this process dies, however it dies. What was committed survives
/// both.
///
/// It keeps everything in one data directory: the cluster, its password, its log and a lock that
/// keeps a second process out. All methods may be called from any thread.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final DataDirectory directory;
  private final DirectoryLock lock;
  private final Postmaster postmaster;

  private EmbeddedPostgres(DataDirectory directory, DirectoryLock lock, Postmaster postmaster) {
    this.directory = directory;
    this.lock = lock;
    this.postmaster = postmaster;
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

  static EmbeddedPostgres start(
      DataDirectory directory,
      PostgresPrograms programs,
      RunAs runAs,
      PostgresSettings settings,
      Durability durability) {
    var lock = DirectoryLock.of(directory);
    try {
      var cluster = Cluster.in(directory, programs, runAs);
      var postmaster = Postmaster.start(cluster, settings, durability);
      LOG.info("PostgreSQL runs as process {} in {}", postmaster.pid(), directory.root());
      return new EmbeddedPostgres(directory, lock, postmaster);
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
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&gssEncMode=disable"
        .formatted(postmaster.port(), database);
  }

  /// The only user, who may do everything.
  public String user() {
    return Cluster.USER;
  }

  public String password() {
    return directory.password();
  }

  /// The number of the process, for people and tests.
  public long pid() {
    return postmaster.pid();
  }

  public boolean isRunning() {
    return postmaster.isRunning();
  }

  /// Ends all connections and stops PostgreSQL. Waits as long as the settings allow, then kills it;
  /// even so nothing committed is lost.
  @Override
  public void close() {
    try {
      postmaster.stop();
    } finally {
      lock.close();
    }
  }
}

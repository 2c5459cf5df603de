package io.belfry.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.belfry.postgres.EmbeddedPostgres;
import io.belfry.postgres.Filling;
import io.belfry.query.layout.Layout;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The open database of a server. Its tables are as this build needs them. Thread-safe; whoever
/// opened it closes it.
public final class Database implements AutoCloseable {
  private static final int OLDEST_VERSION = 15;

  /// How long a database may say nothing before it counts as gone: longer than any of our
  /// statements takes.
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

  private final Address address;
  private final HikariDataSource pool;
  private final @Nullable EmbeddedPostgres embedded;

  private Database(Address address, HikariDataSource pool, @Nullable EmbeddedPostgres embedded) {
    this.address = address;
    this.pool = pool;
    this.embedded = embedded;
  }

  private record Address(String jdbcUrl, @Nullable String user, @Nullable String password) {}

  /// Opens the database: starts it if it is embedded, checks that it can be used, and brings its
  /// tables up to date. Nothing stays open if any of that fails.
  ///
  /// @param layout the tables of entities; asked for when the database runs, so that it can be made
  ///   meanwhile
  /// @param rows makes rows that an ephemeral database may begin with, or not
  /// @throws io.belfry.problem.ProblemException `DATABASE_UNAVAILABLE`, saying what to do
  public static Database open(
      DatabaseLocation location,
      PoolSettings settings,
      Supplier<Layout> layout,
      Consumer<DataSource> rows) {
    return switch (location) {
      case DatabaseLocation.External(var url, var user, var password) ->
          upToDate(connect(new Address(url, user, password), settings, null), layout);
      case DatabaseLocation.Embedded(var directory, var postgresSettings) ->
          upToDate(connect(EmbeddedPostgres.start(directory, postgresSettings), settings), layout);
      case DatabaseLocation.Ephemeral ephemeral ->
          connect(
              EmbeddedPostgres.startEphemeral(
                  ephemeral.dataDirectory(),
                  ephemeral.settings(),
                  filling(ephemeral, settings, layout, rows)),
              settings);
    };
  }

  private static Filling filling(
      DatabaseLocation.Ephemeral location,
      PoolSettings settings,
      Supplier<Layout> layout,
      Consumer<DataSource> rows) {
    var more =
        location.rows() == null
            ? null
            : new Filling(location.rows(), postgres -> fill(postgres, settings, rows), null);
    return new Filling(
        location.tables(),
        postgres -> upToDate(connect(postgres, settings), layout).pool.close(),
        more);
  }

  private static void fill(
      EmbeddedPostgres postgres, PoolSettings settings, Consumer<DataSource> rows) {
    try (var pool = connect(postgres, settings).pool) {
      rows.accept(pool);
    }
  }

  private static Database connect(EmbeddedPostgres postgres, PoolSettings settings) {
    try {
      var address = new Address(postgres.jdbcUrl(), postgres.user(), postgres.password());
      return connect(address, settings, postgres);
    } catch (RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  private static Database connect(
      Address address, PoolSettings settings, @Nullable EmbeddedPostgres postgres) {
    return new Database(address, pool(address, settings), postgres);
  }

  private static Database upToDate(Database database, Supplier<Layout> layout) {
    try {
      database.requireUsable();
      OwnTables.migrate(database.pool);
      EntityTables.migrate(database.pool, layout.get());
      return database;
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  /// Whether nobody but this process has it, so that all who used it before are gone: it is
  /// embedded, was started by this process, and its folder is locked.
  public boolean isOurs() {
    return embedded != null;
  }

  /// Connections for short use, all in UTC. Where there is none in time, it throws a
  /// [io.belfry.problem.ProblemException] `DATABASE_UNAVAILABLE`; asking again later may help.
  public DataSource dataSource() {
    return new PooledConnections(pool);
  }

  /// How busy the connections of [#dataSource] are.
  public PoolUse poolUse() {
    var now = pool.getHikariPoolMXBean();
    return new PoolUse(
        now.getActiveConnections(),
        now.getIdleConnections(),
        now.getThreadsAwaitingConnection(),
        pool.getMaximumPoolSize());
  }

  /// A new connection outside the pool, for whoever keeps one, such as a listener for
  /// notifications. The caller closes it.
  public Connection connectOutsidePool() throws SQLException {
    var properties = new Properties();
    if (address.user() != null) {
      properties.setProperty("user", address.user());
    }
    if (address.password() != null) {
      properties.setProperty("password", address.password());
    }
    properties.setProperty("ApplicationName", "belfry");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  /// Closes all connections and stops an embedded PostgreSQL.
  @Override
  public void close() {
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }

  private static HikariDataSource pool(Address address, PoolSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("belfry");
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.waitLimit().toMillis());
    config.setConnectionInitSql(
        """
        SET TIME ZONE 'UTC';
        SET idle_in_transaction_session_timeout = '5min'
        """);
    config.addDataSourceProperty("ApplicationName", "belfry");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // As text: the pool hands on numbers in a way in which the driver doesn't see them.
    config.addDataSourceProperty("socketTimeout", String.valueOf(LONGEST_SILENCE.toSeconds()));
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw Unavailable.because(
          "no connection to the database (%s): check its URL, user and password, and that it runs"
              .formatted(reason(e)),
          e);
    }
  }

  private static String reason(PoolInitializationException e) {
    return e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage());
  }

  private void requireUsable() {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT current_setting('server_version_num')::int / 10000,
                       current_setting('server_version'),
                       current_setting('server_encoding'),
                       pg_is_in_recovery()
                """)) {
      row.next();
      requireUsable(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4));
    } catch (SQLException e) {
      throw Unavailable.because("the database can't be asked for its version: " + e, e);
    }
  }

  static void requireUsable(int major, String version, String encoding, boolean standby) {
    if (major < OLDEST_VERSION) {
      throw Unavailable.because(
          "the database is PostgreSQL %s, and Belfry needs %s or newer: upgrade it, or leave out --database to use the one that Belfry brings"
              .formatted(version, OLDEST_VERSION));
    }
    if (!encoding.equals("UTF8")) {
      throw Unavailable.because(
          "the database's encoding is %s, and Belfry needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
              .formatted(encoding));
    }
    if (standby) {
      throw Unavailable.because(
          "the database is a standby that can't be written: give the URL of the primary");
    }
  }
}

package io.belfry.store.database;

import io.belfry.query.layout.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of the API's entities, in PostgreSQL's schema `tower`: created, and only ever added
/// to (docs/adr/0003-additive-tables.md).
///
/// A fingerprint of what this build wants is kept in `belfry.setting`; while it matches, nothing is
/// compared. Servers that start at the same time wait for each other.
final class EntityTables {
  private static final Logger LOG = LoggerFactory.getLogger(EntityTables.class);

  /// The advisory lock that keeps others from changing the tables: "belfry" in ASCII.
  private static final long LOCK = 0x62656c667279L;

  private final Connection connection;
  private final Layout layout;

  private EntityTables(Connection connection, Layout layout) {
    this.connection = connection;
    this.layout = layout;
  }

  /// Brings the tables up to date with the layout, all or nothing.
  ///
  /// @throws io.belfry.problem.ProblemException if a column's type has changed; nothing is changed
  static void migrate(DataSource database, Layout layout) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      var tables = new EntityTables(connection, layout);
      if (!tables.areUpToDate()) {
        tables.bringUpToDate();
      }
      connection.commit();
    } catch (SQLException e) {
      throw Unavailable.because(
          "the tables can't be brought up to date, and nothing was changed: " + e.getMessage(), e);
    }
  }

  private boolean areUpToDate() throws SQLException {
    var trigrams = trigramSchema();
    return trigrams.isPresent()
        && WantedTables.of(layout, trigrams).fingerprint().equals(recordedFingerprint());
  }

  /// Waits for no lock for long: while it waits to change a table, nobody else can use the table.
  private void bringUpToDate() throws SQLException {
    execute("SET LOCAL lock_timeout = '30s'");
    execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    createTrigrams();
    var wanted = WantedTables.of(layout, trigramSchema());
    var existing = ExistingTables.read(connection);
    warnAboutOrder(existing);
    var script = wanted.missingFrom(existing);
    if (!script.isEmpty()) {
      execute(script);
      LOG.info("Tables brought up to date");
    }
    recordFingerprint(wanted.fingerprint());
  }

  /// Where the operators for indexed text search live, if they are installed.
  private Optional<String> trigramSchema() throws SQLException {
    return Optional.ofNullable(
        text(
            """
            SELECT n.nspname
            FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
            WHERE e.extname = 'pg_trgm'
            """));
  }

  private void createTrigrams() throws SQLException {
    var before = connection.setSavepoint();
    try {
      execute("CREATE EXTENSION IF NOT EXISTS pg_trgm");
    } catch (SQLException e) {
      connection.rollback(before);
      LOG.warn(
          "The database allows no pg_trgm ({}): searching names will read whole tables."
              + " Have an administrator run CREATE EXTENSION pg_trgm and start again.",
          e.getMessage());
    }
  }

  private void warnAboutOrder(ExistingTables existing) throws SQLException {
    if (!existing.sortByCodePoint() && "t".equals(text("SELECT 'a' < 'B'"))) {
      LOG.warn(
          "An earlier version made these tables with the database's own text order, and they keep"
              + " it: orders and comparisons of texts differ from those of other servers.");
    }
  }

  private @Nullable String recordedFingerprint() throws SQLException {
    return text("SELECT value #>> '{}' FROM belfry.setting WHERE key = 'tables'");
  }

  private void recordFingerprint(String fingerprint) throws SQLException {
    var sql =
        """
        INSERT INTO belfry.setting (key, value)
        VALUES ('tables', to_jsonb(?::text))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, fingerprint);
      statement.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private @Nullable String text(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}

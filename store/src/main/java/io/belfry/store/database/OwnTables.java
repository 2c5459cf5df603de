package io.belfry.store.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables that Belfry keeps for itself, in PostgreSQL's schema `belfry`: made by the numbered
/// scripts in `db/migration`, each run once.
final class OwnTables {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTables.class);
  private static final String NAMESPACE = "belfry";

  private OwnTables() {}

  /// Runs the scripts that haven't run. Safe to call from several servers at the same time.
  static void migrate(DataSource database) {
    try {
      var result =
          Flyway.configure()
              .dataSource(database)
              .locations("classpath:db/migration")
              .schemas(NAMESPACE)
              .defaultSchema(NAMESPACE)
              .table("migration")
              .loggers("slf4j")
              .load()
              .migrate();
      if (result.migrationsExecuted > 0) {
        LOG.info("Belfry's own tables brought up to version {}", result.targetSchemaVersion);
      }
    } catch (FlywayException e) {
      throw Unavailable.because("Belfry's own tables can't be brought up to date: " + e, e);
    }
  }
}

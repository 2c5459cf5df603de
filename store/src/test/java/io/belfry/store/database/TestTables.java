package io.belfry.store.database;

import io.belfry.postgres.TestDatabase;
import io.belfry.postgres.TestPostgres;
import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// Fresh test databases that have all of Belfry's tables, empty.
public final class TestTables {
  /// The tables of the whole API.
  public static final Layout LAYOUT = Layout.of(Schema.bundled());

  private TestTables() {}

  /// A database of its own with the tables of [#LAYOUT], copied from one that is made once per JVM.
  public static TestDatabase freshDatabase() {
    return TestPostgres.freshDatabase("tables", empty -> migrate(empty, LAYOUT));
  }

  /// A database of its own with the tables of [#LAYOUT], empty, that itself sorts texts as people
  /// of a country expect.
  public static TestDatabase freshDatabaseSortedFor(String icuLocale) {
    var database = TestPostgres.freshDatabaseSortedFor(icuLocale);
    migrate(database, LAYOUT);
    return database;
  }

  /// A database of its own with the tables of a small layout.
  public static TestDatabase freshDatabase(Layout layout) {
    var database = TestPostgres.freshDatabase();
    migrate(database, layout);
    return database;
  }

  /// A database of its own with the tables of [#LAYOUT] and some content, copied from one that is
  /// made once per JVM.
  ///
  /// @param name names the content
  public static TestDatabase freshDatabase(String name, Consumer<DataSource> content) {
    return TestPostgres.freshDatabase(
        name,
        empty -> {
          migrate(empty, LAYOUT);
          content.accept(empty.dataSource());
        });
  }

  static void migrate(TestDatabase database, Layout layout) {
    OwnTables.migrate(database.dataSource());
    EntityTables.migrate(database.dataSource(), layout);
  }
}

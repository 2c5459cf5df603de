package io.belfry.store.database;

import io.belfry.query.layout.Layout;
import io.belfry.schema.Schema;
import io.belfry.store.embedded.TestDatabase;
import io.belfry.store.embedded.TestPostgres;

/// Fresh test databases that have all of Belfry's tables, empty.
public final class TestTables {
  /// The tables of the whole API.
  public static final Layout LAYOUT = Layout.of(Schema.bundled());

  private TestTables() {}

  /// A database of its own with the tables of [#LAYOUT], copied from one that is made once per JVM.
  public static TestDatabase freshDatabase() {
    return TestPostgres.freshDatabase("tables", empty -> migrate(empty, LAYOUT));
  }

  /// A database of its own with the tables of a small layout.
  public static TestDatabase freshDatabase(Layout layout) {
    var database = TestPostgres.freshDatabase();
    migrate(database, layout);
    return database;
  }

  static void migrate(TestDatabase database, Layout layout) {
    OwnTables.migrate(database.dataSource());
    EntityTables.migrate(database.dataSource(), layout);
  }
}

package io.belfry.store.database;

import io.belfry.query.layout.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the database has in the entities' schema.
///
/// @param namespace whether there is such a schema at all
/// @param columns each table's columns and their types
/// @param triggers the names of each table's triggers
/// @param others the names of all indexes and constraints
/// @param collations how texts are sorted: `C` is by code point, `default` as the database does
record ExistingTables(
    boolean namespace,
    Map<String, Map<String, String>> columns,
    Map<String, Set<String>> triggers,
    Set<String> others,
    Set<String> collations) {
  static final ExistingTables NONE =
      new ExistingTables(false, Map.of(), Map.of(), Set.of(), Set.of());

  /// Reads all of it in one query.
  static ExistingTables read(Connection connection) throws SQLException {
    var sql =
        """
        WITH place AS (SELECT oid FROM pg_namespace WHERE nspname = ?)
        SELECT 'namespace', NULL, NULL, NULL
        FROM place
        UNION ALL
        SELECT 'column', t.relname, a.attname, format_type(a.atttypid, a.atttypmod)
        FROM place
        JOIN pg_class t ON t.relnamespace = place.oid AND t.relkind IN ('r', 'p')
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT 'other', NULL, i.relname, NULL
        FROM place
        JOIN pg_class i ON i.relnamespace = place.oid AND i.relkind IN ('i', 'I')
        UNION ALL
        SELECT 'other', NULL, c.conname, NULL
        FROM place
        JOIN pg_constraint c ON c.connamespace = place.oid
        UNION ALL
        SELECT 'trigger', t.relname, g.tgname, NULL
        FROM place
        JOIN pg_class t ON t.relnamespace = place.oid
        JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
        UNION
        SELECT 'collation', NULL, c.collname, NULL
        FROM place
        JOIN pg_class t ON t.relnamespace = place.oid AND t.relkind IN ('r', 'p')
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_collation c ON c.oid = a.attcollation
        """;
    var namespace = false;
    var columns = new HashMap<String, Map<String, String>>();
    var triggers = new HashMap<String, Set<String>>();
    var others = new HashSet<String>();
    var collations = new HashSet<String>();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, Layout.NAMESPACE);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          switch (rows.getString(1)) {
            case "namespace" -> namespace = true;
            case "column" ->
                columns
                    .computeIfAbsent(rows.getString(2), _ -> new HashMap<>())
                    .put(rows.getString(3), rows.getString(4));
            case "trigger" ->
                triggers
                    .computeIfAbsent(rows.getString(2), _ -> new HashSet<>())
                    .add(rows.getString(3));
            case "collation" -> collations.add(rows.getString(3));
            default -> others.add(rows.getString(3));
          }
        }
      }
    }
    return new ExistingTables(namespace, columns, triggers, others, collations);
  }

  /// The names of a table's triggers; none if there is no such table.
  Set<String> triggers(String table) {
    return triggers.getOrDefault(table, Set.of());
  }

  /// Whether texts are sorted by code point, whatever the database's locale. Tables that an earlier
  /// version made may not be; new columns then are as the old ones, as columns that sort
  /// differently don't share indexes.
  boolean sortByCodePoint() {
    return !collations.contains("default");
  }

  boolean has(WantedTables.Table table) {
    return columns.containsKey(table.name());
  }

  /// The column's type; nothing if the table or the column is missing.
  Optional<String> type(String table, String column) {
    return Optional.ofNullable(columns.getOrDefault(table, Map.of()).get(column));
  }
}

package io.belfry.datacenter;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table whose first rows are kept in a table of the same name in [#NAMESPACE], unless it was
/// empty.
///
/// @param place for SQL, with its PostgreSQL schema
/// @param keys columns that tell rows apart
/// @param others all other columns
record SeedTable(
    String place, String name, List<String> keys, List<String> others, Reasons reasons) {
  /// The PostgreSQL schema that holds the copies.
  static final String NAMESPACE = "belfry_seed";

  /// When rows may have changed.
  ///
  /// @param entities those whose changes in the revision log say so
  /// @param always that the log doesn't tell all of it
  record Reasons(Set<String> entities, boolean always) {
    static final Reasons UNKNOWN = new Reasons(Set.of(), true);
  }

  /// All tables that a data centre is in: those of entities, and passwords and lost VMs.
  static List<SeedTable> of(Layout layout) {
    var tables = new ArrayList<SeedTable>();
    layout.tables().forEach(table -> tables.add(of(table)));
    layout.joinTables().forEach(table -> tables.add(of(table)));
    tables.add(own("credential", "user_id", List.of("password_hash", "updated_at")));
    tables.add(own("lost_vm", "vm_id", List.of("failures", "due_at")));
    return List.copyOf(tables);
  }

  private static SeedTable of(Table table) {
    var gauges = table.columns().stream().anyMatch(column -> column.field().marks().gauge());
    return new SeedTable(
        Layout.qualified(table.name()),
        table.name(),
        List.of("id"),
        table.columns().stream().map(Column::name).filter(name -> !name.equals("id")).toList(),
        new Reasons(Set.of(table.entity().name()), gauges));
  }

  private static SeedTable of(JoinTable table) {
    return new SeedTable(
        Layout.qualified(table.name()),
        table.name(),
        List.of(JoinTable.FROM, JoinTable.TO),
        List.of(),
        new Reasons(
            Stream.of(table.from(), table.to())
                .map(end -> end.entity().name())
                .collect(Collectors.toSet()),
            false));
  }

  private static SeedTable own(String name, String key, List<String> others) {
    return new SeedTable("belfry." + name, name, List.of(key), others, Reasons.UNKNOWN);
  }

  boolean mayHaveChangedWith(Collection<String> changed) {
    return reasons.always() || !Collections.disjoint(reasons.entities(), changed);
  }

  /// The statement that makes the copy.
  String copy() {
    return "CREATE TABLE %s AS TABLE %s".formatted(seed(), place);
  }

  /// What makes a table differ from its copy.
  ///
  /// @param changed rows are in both, and differ
  /// @param missing rows are in the copy only
  /// @param extra rows are not in the copy
  record Difference(SeedTable table, boolean changed, boolean missing, boolean extra) {}

  /// The query that answers the table's name and the flags of a [Difference] if rows are not as in
  /// the copy, and nothing otherwise.
  ///
  /// @param copied false where the table was empty
  String difference(boolean copied) {
    if (!copied) {
      return "SELECT '%s', FALSE, FALSE, TRUE WHERE EXISTS (SELECT FROM %s)".formatted(name, place);
    }
    var key = Layout.quoted(keys.getFirst());
    return """
    SELECT '%1$s',
      bool_or(present.%4$s IS NOT NULL AND seed.%4$s IS NOT NULL),
      bool_or(present.%4$s IS NULL),
      bool_or(seed.%4$s IS NULL)
    FROM %2$s AS present
    FULL JOIN %3$s AS seed ON %5$s
    WHERE present.%4$s IS NULL
      OR seed.%4$s IS NULL
      OR NOT seed *= present
    HAVING count(*) > 0
    """
        .formatted(name, place, seed(), key, same());
  }

  /// The statement that changes rows that differ from the copy.
  String changeBack() {
    return """
    UPDATE %s AS present
    SET (%s) = ROW(%s)
    FROM %s AS seed
    WHERE %s
      AND NOT seed *= present
    """
        .formatted(place, quoted("", others), quoted("seed.", others), seed(), same());
  }

  /// The statement that adds rows that are missing.
  String bringBack() {
    return """
    INSERT INTO %s
    SELECT *
    FROM %s AS seed
    WHERE NOT EXISTS (SELECT FROM %s AS present WHERE %s)
    """
        .formatted(place, seed(), place, same());
  }

  /// The statement that removes rows that are not in the copy.
  ///
  /// @param copied false where the table was empty
  String remove(boolean copied) {
    var extra =
        copied
            ? "WHERE NOT EXISTS (SELECT FROM %s AS seed WHERE %s)".formatted(seed(), same())
            : "";
    return "DELETE FROM %s AS present %s".formatted(place, extra);
  }

  private String seed() {
    return NAMESPACE + "." + Layout.quoted(name);
  }

  private String same() {
    return keys.stream()
        .map(key -> "seed.%1$s = present.%1$s".formatted(Layout.quoted(key)))
        .collect(Collectors.joining(" AND "));
  }

  private static String quoted(String before, List<String> names) {
    return names.stream()
        .map(name -> before + Layout.quoted(name))
        .collect(Collectors.joining(", "));
  }
}

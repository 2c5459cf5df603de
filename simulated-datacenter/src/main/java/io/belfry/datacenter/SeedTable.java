package io.belfry.datacenter;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.store.Transaction;
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

  /// The query that answers the table's name if its rows are not as in the copy.
  ///
  /// @param copied false where the table was empty
  String difference(boolean copied) {
    if (!copied) {
      return "SELECT '%s' WHERE EXISTS (SELECT FROM %s)".formatted(name, place);
    }
    var key = Layout.quoted(keys.getFirst());
    return """
    SELECT '%s'
    WHERE EXISTS (
      SELECT
      FROM %s AS present
      FULL JOIN %s AS seed ON %s
      WHERE present.%s IS NULL
        OR seed.%s IS NULL
        OR NOT seed *= present)
    """
        .formatted(name, place, seed(), same(), key, key);
  }

  /// Changes rows that differ from the copy.
  ///
  /// @return how many did
  int changeBack(Transaction transaction) {
    if (others.isEmpty()) {
      return 0;
    }
    var columns = quoted("", others);
    return transaction.execute(
        """
        UPDATE %s AS present
        SET (%s) = ROW(%s)
        FROM %s AS seed
        WHERE %s
          AND NOT seed *= present
        """
            .formatted(place, columns, quoted("seed.", others), seed(), same()),
        List.of());
  }

  /// Adds rows that are missing.
  ///
  /// @return how many were
  int bringBack(Transaction transaction) {
    return transaction.execute(
        """
        INSERT INTO %s
        SELECT *
        FROM %s AS seed
        WHERE NOT EXISTS (SELECT FROM %s AS present WHERE %s)
        """
            .formatted(place, seed(), place, same()),
        List.of());
  }

  /// Removes rows that are not in the copy.
  ///
  /// @param copied false where the table was empty
  /// @return how many were
  int remove(Transaction transaction, boolean copied) {
    var extra =
        copied
            ? "WHERE NOT EXISTS (SELECT FROM %s AS seed WHERE %s)".formatted(seed(), same())
            : "";
    return transaction.execute("DELETE FROM %s AS present %s".formatted(place, extra), List.of());
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

package io.belfry.datacenter;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.schema.Relations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table whose first rows are kept in a table of the same name in [#NAMESPACE], unless it was
/// empty.
///
/// @param place for SQL, with its PostgreSQL schema
/// @param keys columns that tell rows apart; by the first of them statements are told which rows
/// @param others all other columns
/// @param gauges those of them that hold measurements
/// @param telling what the revision log tells of its rows
/// @param nameInLog what the log calls them: `Vm`, or `Label.vms` for pairs; empty if it doesn't
/// @param copied false where the table was empty
record SeedTable(
    String place,
    String name,
    List<String> keys,
    List<String> others,
    List<String> gauges,
    Telling telling,
    String nameInLog,
    boolean copied) {
  /// The PostgreSQL schema that holds the copies.
  static final String NAMESPACE = "belfry_seed";

  /// What the revision log tells of the rows of a table.
  enum Telling {
    ALL,

    /// Gauges change without.
    ALL_BUT_GAUGES,

    /// Pairs that go with an object go without.
    PAIRS,

    NOTHING
  }

  /// All tables that a data centre is in: those of entities, and passwords and lost VMs.
  ///
  /// @param copied the names of tables that have a copy
  static List<SeedTable> of(Layout layout, Set<String> copied) {
    return Stream.of(
            layout.tables().stream().map(SeedTable::of),
            layout.relations().pairs().stream().map(pairs -> of(pairs, layout.joinTable(pairs))),
            Stream.of(
                own("credential", "user_id", List.of("password_hash", "updated_at")),
                own("lost_vm", "vm_id", List.of("failures", "due_at"))))
        .flatMap(tables -> tables)
        .map(table -> copied.contains(table.name) ? table.withCopy() : table)
        .toList();
  }

  private static SeedTable of(Table table) {
    var gauges =
        table.columns().stream()
            .filter(column -> column.field().marks().gauge())
            .map(Column::name)
            .toList();
    return new SeedTable(
        Layout.qualified(table.name()),
        table.name(),
        List.of("id"),
        table.columns().stream().map(Column::name).filter(name -> !name.equals("id")).toList(),
        gauges,
        gauges.isEmpty() ? Telling.ALL : Telling.ALL_BUT_GAUGES,
        table.entity().name(),
        false);
  }

  private static SeedTable of(Relations.Pairs pairs, JoinTable table) {
    return new SeedTable(
        Layout.qualified(table.name()),
        table.name(),
        List.of(JoinTable.FROM, JoinTable.TO),
        List.of(),
        List.of(),
        Telling.PAIRS,
        pairs.entity() + "." + pairs.field(),
        false);
  }

  private static SeedTable own(String name, String key, List<String> others) {
    return new SeedTable(
        "belfry." + name, name, List.of(key), others, List.of(), Telling.NOTHING, "", false);
  }

  private SeedTable withCopy() {
    return new SeedTable(place, name, keys, others, gauges, telling, nameInLog, true);
  }

  /// The statement that makes the copy.
  String copy() {
    return "CREATE TABLE %s AS TABLE %s".formatted(seed(), place);
  }

  /// Whether it holds pairs and has a copy: they are compared by [#pairs].
  boolean holdsCopiedPairs() {
    return telling == Telling.PAIRS && copied;
  }

  /// The query for its pairs and those of the copy: its name, both keys, and whether they are
  /// present or copied.
  String pairs() {
    return """
    SELECT '%1$s', %2$s, TRUE
    FROM %3$s
    UNION ALL
    SELECT '%1$s', %2$s, FALSE
    FROM %4$s
    """
        .formatted(name, quoted("", keys), place, seed());
  }

  /// The query that compares the table with its copy: its name, how rows differ (a
  /// [SeedDifference.Kind]), and the first keys of those that do so. Empty where [#pairs] takes its
  /// place.
  String difference() {
    if (holdsCopiedPairs()) {
      return "";
    }
    return copied
        ? """
        SELECT '%1$s', kind, array_agg(key)
        FROM (
            SELECT coalesce(seed.%4$s, present.%4$s) AS key,
              CASE
                WHEN present.%4$s IS NULL THEN 'MISSING'
                WHEN seed.%4$s IS NULL THEN 'EXTRA'
                ELSE 'CHANGED'
              END AS kind
            FROM %2$s AS present
            FULL JOIN %3$s AS seed ON %5$s
            WHERE present.%4$s IS NULL
              OR seed.%4$s IS NULL
              OR NOT seed *= present
          ) AS differing
        GROUP BY kind
        """
            .formatted(name, place, seed(), key(), same())
        : "SELECT '%s', 'EXTRA', array_agg(%s) FROM %s HAVING count(*) > 0"
            .formatted(name, key(), place);
  }

  /// Whether to go by what the log tells of its rows.
  boolean isTold() {
    return switch (telling) {
      case ALL, ALL_BUT_GAUGES -> true;
      case PAIRS -> !copied;
      case NOTHING -> false;
    };
  }

  /// As [#difference], but finds only what the log doesn't tell; empty also where it tells all.
  String untold() {
    return switch (telling) {
      case ALL -> "";
      case ALL_BUT_GAUGES -> copied ? measured() : "";
      case PAIRS -> "";
      case NOTHING -> difference();
    };
  }

  private String measured() {
    return """
    SELECT '%s', 'MEASURED', array_agg(seed.%s)
    FROM %s AS present
    JOIN %s AS seed ON %s
    WHERE (%s) IS DISTINCT FROM (%s)
    HAVING count(*) > 0
    """
        .formatted(
            name,
            key(),
            place,
            seed(),
            same(),
            quoted("present.", gauges),
            quoted("seed.", gauges));
  }

  /// The statement that gives rows the gauges they have in the copy; its parameter is their first
  /// keys, as that of the following.
  String measureBack() {
    return update(gauges);
  }

  /// The statement that changes rows that are not as in the copy.
  String changeBack() {
    return update(others) + "AND NOT seed *= present";
  }

  private String update(List<String> columns) {
    return """
    UPDATE %s AS present
    SET (%s) = ROW(%s)
    FROM %s AS seed
    WHERE present.%s = ANY (?)
      AND %s
    """
        .formatted(place, quoted("", columns), quoted("seed.", columns), seed(), key(), same());
  }

  /// The statement that adds rows that are in the copy only.
  String bringBack() {
    return """
    INSERT INTO %s
    SELECT *
    FROM %s AS seed
    WHERE seed.%s = ANY (?)
      AND NOT EXISTS (SELECT FROM %s AS present WHERE %s)
    """
        .formatted(place, seed(), key(), place, same());
  }

  /// The statement that removes rows that are not in the copy.
  String remove() {
    var added =
        copied ? "AND NOT EXISTS (SELECT FROM %s AS seed WHERE %s)".formatted(seed(), same()) : "";
    return "DELETE FROM %s AS present WHERE present.%s = ANY (?) %s".formatted(place, key(), added);
  }

  private String seed() {
    return NAMESPACE + "." + Layout.quoted(name);
  }

  private String key() {
    return Layout.quoted(keys.getFirst());
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

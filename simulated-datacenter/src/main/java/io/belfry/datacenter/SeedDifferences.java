package io.belfry.datacenter;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.belfry.datacenter.SeedDifference.Kind;
import io.belfry.datacenter.SeedTable.Telling;
import io.belfry.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds the rows that are not as in the copy. Immutable.
final class SeedDifferences {
  private final String version;
  private final Map<String, SeedTable> byName;
  private final Map<String, SeedTable> byNameInLog;
  private final List<String> pairsInLog;

  /// The query for what the log doesn't tell. Its text stays the same, so PostgreSQL plans it once.
  private final String untold;

  /// @param version of the tables and their copies
  SeedDifferences(String version, Collection<SeedTable> tables) {
    this.version = version;
    byName = tables.stream().collect(toMap(SeedTable::name, Function.identity()));
    byNameInLog =
        tables.stream()
            .filter(table -> table.telling() != Telling.NOTHING)
            .collect(toMap(SeedTable::nameInLog, Function.identity()));
    pairsInLog =
        tables.stream()
            .filter(table -> table.telling() == Telling.PAIRS)
            .map(SeedTable::nameInLog)
            .toList();
    untold = union(tables.stream().map(SeedTable::untold));
  }

  String version() {
    return version;
  }

  /// By comparing all tables.
  List<SeedDifference> all(Transaction transaction) {
    return compared(union(byName.values().stream().map(SeedTable::difference)), transaction);
  }

  /// By asking the log, and comparing only what it doesn't tell.
  List<SeedDifference> since(SeedCopy.Clean clean, Transaction transaction) {
    return Stream.of(compared(untold, transaction), told(clean, transaction))
        .flatMap(List::stream)
        .toList();
  }

  private static String union(Stream<String> questions) {
    return questions.filter(question -> !question.isEmpty()).collect(joining(" UNION ALL "));
  }

  private List<SeedDifference> compared(String question, Transaction transaction) {
    return transaction.query(
        question,
        List.of(),
        row ->
            new SeedDifference(
                Kind.valueOf(row.text(2)), requireNonNull(byName.get(row.text(1))), row.texts(3)));
  }

  /// What the log tells: first of objects, then of pairs that have come. An object that has only
  /// got or lost pairs is still the same. One that was created is none of the beginning, unless the
  /// log knows it from before: then another reset has brought it back. That is asked for by the
  /// lowest revision, as the index has that; by EXISTS, PostgreSQL would read the whole log.
  private List<SeedDifference> told(SeedCopy.Clean clean, Transaction transaction) {
    return transaction
        .query(
            """
            WITH recent AS MATERIALIZED (
              SELECT entity, object_id, revision, action, field,
                coalesce(entity || '.' || field = ANY (?), FALSE) AS of_pairs
              FROM belfry.change
              LEFT JOIN LATERAL jsonb_object_keys(CASE action WHEN 'UPDATE' THEN new_value END)
                AS field ON TRUE
              WHERE revision > ?
                AND change.xmin::text <> ?
            ), told (name, kind, key) AS (
              SELECT entity,
                CASE
                  WHEN (array_agg(action ORDER BY revision))[1] = 'CREATE'
                    AND (
                      SELECT min(revision)
                      FROM belfry.change AS known
                      WHERE known.object_id = recent.object_id
                        AND known.entity = recent.entity) > ?
                  THEN 'EXTRA'
                  WHEN (array_agg(action ORDER BY revision DESC))[1] = 'DELETE' THEN 'MISSING'
                  ELSE 'CHANGED'
                END,
                object_id
              FROM recent
              GROUP BY entity, object_id
              HAVING NOT bool_and(of_pairs)
              UNION ALL
              SELECT DISTINCT entity || '.' || field, 'EXTRA', object_id
              FROM recent
              WHERE of_pairs
            )
            SELECT name, kind, array_agg(key)
            FROM told
            GROUP BY name, kind
            """,
            List.of(pairsInLog, clean.revision(), clean.transaction(), clean.revision()),
            row -> difference(row.text(1), Kind.valueOf(row.text(2)), row.texts(3)))
        .stream()
        .flatMap(Function.identity())
        .toList();
  }

  /// Where there is no copy, all rows are extra.
  private Stream<SeedDifference> difference(String nameInLog, Kind kind, List<String> keys) {
    var table = byNameInLog.get(nameInLog);
    return table != null && table.isTold()
        ? Stream.of(new SeedDifference(table.copied() ? kind : Kind.EXTRA, table, keys))
        : Stream.empty();
  }
}

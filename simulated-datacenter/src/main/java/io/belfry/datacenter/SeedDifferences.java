package io.belfry.datacenter;

import static java.util.stream.Collectors.joining;

import io.belfry.datacenter.SeedDifference.Kind;
import io.belfry.datacenter.SeedTable.Telling;
import io.belfry.store.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds the rows that are not as in the copy. Immutable. Its queries have no parameters, so
/// PostgreSQL plans each but once.
final class SeedDifferences {
  private final String version;

  /// By the names that queries give them: their own and, if they are told of, that in the log.
  private final Map<String, SeedTable> tables = new HashMap<>();

  private final String everything;
  private final String news;

  /// @param version of the tables and their copies
  SeedDifferences(String version, Collection<SeedTable> all) {
    this.version = version;
    for (var table : all) {
      tables.put(table.name(), table);
      if (table.isTold()) {
        tables.put(table.nameInLog(), table);
      }
    }
    var pairs = questionForPairs(all);
    everything = union(Stream.of(pairs), all.stream().map(SeedTable::difference));
    news = union(Stream.of(questionToLog(all), pairs), all.stream().map(SeedTable::untold));
  }

  String version() {
    return version;
  }

  /// By comparing all tables. Empties the log.
  List<SeedDifference> all(Transaction transaction) {
    transaction.executeSoon("DELETE FROM belfry.change", List.of());
    return differences(everything, transaction);
  }

  /// By asking the log, and comparing only what it doesn't tell. Takes from the log what it was
  /// asked for: what others are still changing stays for the next time.
  List<SeedDifference> told(Transaction transaction) {
    return differences(news, transaction);
  }

  /// Asks what the log tells: first of objects, then of pairs that have come. An object that has
  /// only got or lost pairs is still the same. One that was created is none of the beginning.
  private static String questionToLog(Collection<SeedTable> all) {
    var pairs =
        all.stream()
            .filter(table -> table.telling() == Telling.PAIRS)
            .map(table -> "'%s'".formatted(table.nameInLog()))
            .collect(joining(", "));
    return """
    WITH news AS (
      DELETE FROM belfry.change
      RETURNING entity, object_id, revision, action, new_value
    ), recent AS MATERIALIZED (
      SELECT entity, object_id, revision, action, field,
        coalesce(entity || '.' || field IN (%s), FALSE) AS of_pairs
      FROM news
      LEFT JOIN LATERAL jsonb_object_keys(CASE action WHEN 'UPDATE' THEN new_value END)
        AS field ON TRUE
    ), told (name, kind, key) AS (
      SELECT entity,
        CASE
          WHEN (array_agg(action ORDER BY revision))[1] = 'CREATE' THEN 'EXTRA'
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
    """
        .formatted(pairs);
  }

  /// Asks which pairs are there once only, in a table or in its copy; empty if no pairs have
  /// copies. One question for all of them is planned much faster than one for each.
  private static String questionForPairs(Collection<SeedTable> all) {
    var pairs =
        all.stream()
            .filter(SeedTable::holdsCopiedPairs)
            .map(SeedTable::pairs)
            .collect(joining(" UNION ALL "));
    return pairs.isEmpty()
        ? ""
        : """
        SELECT name, kind, array_agg(from_id)
        FROM (
            SELECT name, from_id, CASE WHEN bool_and(present) THEN 'EXTRA' ELSE 'MISSING' END AS kind
            FROM (%s) AS pair (name, from_id, to_id, present)
            GROUP BY name, from_id, to_id
            HAVING count(*) = 1
          ) AS differing
        GROUP BY name, kind
        """
            .formatted(pairs);
  }

  private static String union(Stream<String> some, Stream<String> more) {
    return Stream.concat(some, more)
        .filter(question -> !question.isEmpty())
        .collect(joining(" UNION ALL "));
  }

  private List<SeedDifference> differences(String question, Transaction transaction) {
    return transaction
        .query(
            question,
            List.of(),
            row -> difference(row.text(1), Kind.valueOf(row.text(2)), row.texts(3)))
        .stream()
        .flatMap(Function.identity())
        .toList();
  }

  /// Where there is no copy, all rows are extra.
  private Stream<SeedDifference> difference(String name, Kind kind, List<String> keys) {
    var table = tables.get(name);
    return table == null
        ? Stream.empty()
        : Stream.of(new SeedDifference(table.copied() ? kind : Kind.EXTRA, table, keys));
  }
}

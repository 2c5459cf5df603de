package io.belfry.datacenter;

import io.belfry.query.layout.Column;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.SqlType;
import io.belfry.query.layout.Table;
import io.belfry.store.Transaction;
import io.belfry.store.log.RevisionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of a data centre that were made some time before they are used, and then become what
/// they would be if they had been made at that moment: all that a data centre tells of its past is
/// so long ago, so all times move on by as much.
///
/// Ids and the names of storage pools, which have the time of their making in them, stay.
final class KeptRows {
  /// How the API writes times where it has texts.
  private static final String TEXT_FORMAT = "YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"";

  /// Names in the recycle bin tell when the VM came there.
  private static final String RENAME_RECYCLED =
      """
      UPDATE tower.vm
      SET name = original_name || to_char(deleted_at AT TIME ZONE 'UTC', '"-"YYYYMMDDHH24MISS')
      WHERE in_recycle_bin
      """;

  private KeptRows() {}

  /// Remembers that the rows in this transaction are to be kept.
  static void note(Transaction transaction, Instant madeAt) {
    transaction.execute(
        "INSERT INTO belfry.setting (key, value) VALUES ('rows_made_at_ms', to_jsonb(?::bigint))",
        List.of(madeAt.toEpochMilli()));
  }

  /// Brings rows that were kept up to now; does nothing with others.
  ///
  /// @return whether they were kept
  static boolean bringUpTo(Instant now, Transaction transaction, Layout layout) {
    var madeAt = takeNote(transaction);
    madeAt.ifPresent(made -> {
      RevisionLog.leaveOut(transaction);
      move(transaction, layout, Duration.between(made, now));
    });
    return madeAt.isPresent();
  }

  private static Optional<Instant> takeNote(Transaction transaction) {
    return transaction
        .query(
            "DELETE FROM belfry.setting WHERE key = 'rows_made_at_ms' RETURNING value::bigint",
            List.of(),
            row -> Instant.ofEpochMilli(row.longValue(1)))
        .stream()
        .findAny();
  }

  private static void move(Transaction transaction, Layout layout, Duration passed) {
    var places = layout.tables().stream().map(table -> Layout.qualified(table.name())).toList();
    var filled = FilledTables.among(places, transaction);
    var statements = new ArrayList<String>();
    for (var table : layout.tables()) {
      var place = Layout.qualified(table.name());
      var changes = filled.contains(place) ? changes(table, passed) : "";
      if (!changes.isEmpty()) {
        statements.add("UPDATE %s SET %s".formatted(place, changes));
      }
    }
    statements.add(RENAME_RECYCLED);
    transaction.execute(String.join(";\n", statements), List.of());
  }

  private static String changes(Table table, Duration passed) {
    return table.columns().stream()
        .flatMap(column -> moved(column, passed).stream())
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> moved(Column column, Duration passed) {
    var name = Layout.quoted(column.name());
    var interval = "INTERVAL '%s milliseconds'".formatted(passed.toMillis());
    if (column.type() == SqlType.TIMESTAMP) {
      return Optional.of("%1$s = %1$s + %2$s".formatted(name, interval));
    }
    if (column.type() == SqlType.TEXT && column.name().endsWith("_time")) {
      return Optional.of(
          """
          %1$s = coalesce(
            to_char((nullif(%1$s, '')::timestamptz + %2$s) AT TIME ZONE 'UTC', '%3$s'), %1$s)
          """
              .formatted(name, interval, TEXT_FORMAT));
    }
    return Optional.empty();
  }
}

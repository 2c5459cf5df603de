package io.belfry.store.database;

import io.belfry.query.layout.JoinTable;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A trigger that writes what statements do to a table into the revision log.
///
/// Its name says what it is made of, so one that is there under its name is right.
///
/// @param change what fires it: `INSERT`, `UPDATE` or `DELETE`
/// @param sees the names under which its function finds old and new rows, as SQL
/// @param call its function and arguments, as SQL
record LogTrigger(String table, String change, String sees, String call) {
  /// What the names of all of them begin with.
  static final String PREFIX = "belfry_log_";

  private static final String OLD = "OLD TABLE AS ";
  private static final String NEW = "NEW TABLE AS ";

  /// The triggers of an entity's table.
  static List<LogTrigger> of(Table table) {
    var gauges =
        table.columns().stream()
            .filter(column -> column.field().marks().gauge())
            .map(column -> Layout.quoted(column.name()))
            .collect(Collectors.joining(",", "{", "}"));
    var call = "belfry.log_change('%s', '%s')".formatted(table.entity().name(), gauges);
    return List.of(
        new LogTrigger(table.name(), "INSERT", NEW + "new_rows", call),
        new LogTrigger(table.name(), "UPDATE", OLD + "old_rows " + NEW + "new_rows", call),
        new LogTrigger(table.name(), "DELETE", OLD + "old_rows", call));
  }

  /// The triggers of a join table.
  ///
  /// @param relation the field that its pairs belong to
  static List<LogTrigger> of(JoinTable table, String relation) {
    var from = table.from();
    var call =
        "belfry.log_pairs('%s', '%s', '%s')".formatted(from.entity().name(), from.name(), relation);
    return Stream.of("INSERT", "DELETE")
        .map(change -> {
          var sees = (change.equals("INSERT") ? NEW : OLD) + "pairs";
          return new LogTrigger(table.name(), change, sees, call);
        })
        .toList();
  }

  String name() {
    var hash = Integer.toHexString((sees + call).hashCode());
    return PREFIX + change.toLowerCase(Locale.ROOT) + "_" + hash;
  }

  /// The statement that makes it. Bulk loads switch the log off for their transaction.
  String create() {
    return """
    CREATE TRIGGER %s AFTER %s ON %s REFERENCING %s
    FOR EACH STATEMENT WHEN (current_setting('belfry.log', true) IS DISTINCT FROM 'off') EXECUTE FUNCTION %s\
    """
        .formatted(name(), change, Layout.qualified(table), sees, call);
  }

  /// The statement that removes a trigger which is of no use any more.
  static String drop(String table, String name) {
    return "DROP TRIGGER %s ON %s".formatted(name, Layout.qualified(table));
  }
}

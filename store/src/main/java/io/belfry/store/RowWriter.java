package io.belfry.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.query.layout.Column;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.SqlType;
import io.belfry.query.layout.Table;
import io.belfry.store.PendingEdits.Alike;
import io.belfry.store.row.Edit;
import io.belfry.store.row.LocalizedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes statements from edits: one for all that set the same fields of the same entity.
final class RowWriter {
  private RowWriter() {}

  /// A statement and its parameters.
  record Statement(String sql, List<?> parameters) {}

  /// An insert with one array a column, whatever the number of rows: one plan, one round trip.
  static Statement insert(Table table, Alike alike) {
    var columns = columns(table, alike.fields());
    var names = columns.stream().map(column -> Layout.quoted(column.name()));
    var casts = new ArrayList<String>();
    var arrays = new ArrayList<String>();
    var parameters = new ArrayList<List<@Nullable String>>();
    for (var column : columns) {
      var alias = "c" + casts.size();
      casts.add(alias + "::" + column.type().sql());
      arrays.add(alias);
      parameters.add(texts(column, alike.edits()));
    }
    var sql =
        """
        INSERT INTO %s (%s)
        SELECT %s
        FROM unnest(%s) AS given (%s)
        """
            .formatted(
                Layout.qualified(table.name()),
                names.collect(Collectors.joining(", ")),
                String.join(", ", casts),
                arrays.stream().map(_ -> "?::text[]").collect(Collectors.joining(", ")),
                String.join(", ", arrays));
    return new Statement(sql, parameters);
  }

  /// An update with one array a column, whatever the number of rows.
  static Statement update(Table table, Alike alike) {
    var columns = columns(table, alike.fields());
    var assignments = new ArrayList<String>();
    var arrays = new ArrayList<>(List.of("id"));
    var parameters = new ArrayList<List<@Nullable String>>(List.of(List.copyOf(alike.ids())));
    for (var column : columns) {
      var alias = "c" + assignments.size();
      assignments.add(
          "%s = given.%s::%s".formatted(Layout.quoted(column.name()), alias, column.type().sql()));
      arrays.add(alias);
      parameters.add(texts(column, alike.edits()));
    }
    var sql =
        """
        UPDATE %s AS changed
        SET %s
        FROM unnest(%s) AS given (%s)
        WHERE changed.id = given.id
        """
            .formatted(
                Layout.qualified(table.name()),
                String.join(", ", assignments),
                arrays.stream().map(_ -> "?::text[]").collect(Collectors.joining(", ")),
                String.join(", ", arrays));
    return new Statement(sql, parameters);
  }

  private static List<Column> columns(Table table, Set<String> fields) {
    var columns =
        table.columns().stream().filter(column -> fields.contains(column.field().name())).toList();
    var stored = columns.stream().map(column -> column.field().name()).collect(Collectors.toSet());
    if (!stored.containsAll(fields)) {
      throw new IllegalArgumentException(
          "%s stores only %s of %s".formatted(table.name(), stored, fields));
    }
    return columns;
  }

  private static List<@Nullable String> texts(Column column, List<Edit> edits) {
    var texts = new ArrayList<@Nullable String>(edits.size());
    edits.forEach(edit -> texts.add(text(column, edit.values())));
    return texts;
  }

  /// A value as PostgreSQL reads it from text.
  private static @Nullable String text(Column column, Map<String, @Nullable Object> values) {
    var value = values.get(column.field().name());
    return switch (value) {
      case null -> null;
      case LocalizedText(var english, var chinese) ->
          column.name().equals(column.field().name()) ? english : chinese;
      case JsonNode json -> json.toString();
      default -> check(column, value).toString();
    };
  }

  private static Object check(Column column, Object value) {
    if (column.type() == SqlType.JSONB) {
      throw new IllegalArgumentException(
          "%s holds JSON, not %s".formatted(column.name(), value.getClass().getSimpleName()));
    }
    return value;
  }
}

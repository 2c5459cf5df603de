package io.belfry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.query.layout.Column;
import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.row.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a result that holds all columns of a table, in the table's order, into [Values].
final class RowReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Table table;

  RowReader(Table table) {
    this.table = table;
  }

  /// The select list of a table's columns.
  static String columns(Table table) {
    return table.columns().stream()
        .map(column -> Layout.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  Values read(ResultSet results) throws SQLException {
    var values = new HashMap<String, Object>();
    var index = 1;
    for (var column : table.columns()) {
      var value = value(results, index++, column);
      if (value != null) {
        values.merge(column.field().name(), value, RowReader::localized);
      }
    }
    return new Values(values);
  }

  /// The first column of a localized field is its English text, the second its Chinese.
  private static Object localized(Object english, Object chinese) {
    return new LocalizedText(((LocalizedText) english).enUs(), ((LocalizedText) chinese).enUs());
  }

  private static @Nullable Object value(ResultSet results, int index, Column column)
      throws SQLException {
    return switch (column.type()) {
      case TEXT -> text(results.getString(index), column);
      case INTEGER -> results.getObject(index, Integer.class);
      case BIGINT -> results.getObject(index, Long.class);
      case DOUBLE -> results.getObject(index, Double.class);
      case BOOLEAN -> results.getObject(index, Boolean.class);
      case TIMESTAMP -> {
        var time = results.getObject(index, OffsetDateTime.class);
        yield time == null ? null : time.toInstant();
      }
      case JSONB -> json(results.getString(index));
    };
  }

  private static @Nullable Object text(@Nullable String text, Column column) {
    return text != null && column.field().marks().localized() ? LocalizedText.same(text) : text;
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL returned no JSON: " + text, e);
    }
  }
}

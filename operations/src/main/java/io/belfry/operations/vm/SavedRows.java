package io.belfry.operations.vm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.query.layout.Layout;
import io.belfry.store.Transaction;
import io.belfry.store.row.RowType;
import java.util.List;

/// Rows that a decision takes out, to be put back as they were if its task fails.
final class SavedRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SavedRows() {}

  /// Removes rows.
  ///
  /// @return all that they held, for [#putBack]
  static JsonNode take(Transaction transaction, RowType<?> type, List<String> ids) {
    var rows =
        transaction.query(
            "SELECT coalesce(jsonb_agg(to_jsonb(taken)), '[]')::text FROM %s AS taken WHERE id = ANY (?)"
                .formatted(table(transaction, type)),
            List.of(ids),
            row -> row.text(1));
    transaction.delete(type, ids);
    return parsed(rows.getFirst());
  }

  /// Writes rows again that are not there.
  static void putBack(Transaction transaction, RowType<?> type, JsonNode rows) {
    var table = table(transaction, type);
    transaction.execute(
        """
        INSERT INTO %s
        SELECT * FROM jsonb_populate_recordset(NULL::%s, ?::jsonb)
        ON CONFLICT DO NOTHING
        """
            .formatted(table, table),
        List.of(rows));
  }

  private static String table(Transaction transaction, RowType<?> type) {
    return Layout.qualified(transaction.layout().table(type.entity()).name());
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL wrote JSON that can't be read: " + text, e);
    }
  }
}

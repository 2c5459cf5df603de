package io.belfry.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Binds values of our own kinds to a statement.
final class Parameters {
  private Parameters() {}

  static void set(
      Connection connection, PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case JsonNode json -> statement.setObject(index, json.toString(), Types.OTHER);
      case Collection<?> texts ->
          statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
      default -> statement.setObject(index, value);
    }
  }
}

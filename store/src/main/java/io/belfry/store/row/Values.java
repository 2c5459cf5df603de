package io.belfry.store.row;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stored fields of one row as they were read. Immutable.
///
/// Accessors without `OrNull` are for fields that the schema requires.
///
/// @param byField values by field name; relations that the row owns hold the related row's id
public record Values(Map<String, Object> byField) {
  public Values {
    byField = Map.copyOf(byField);
  }

  public String text(String field) {
    return required(field, textOrNull(field));
  }

  public @Nullable String textOrNull(String field) {
    return (String) byField.get(field);
  }

  public long longValue(String field) {
    return required(field, longOrNull(field));
  }

  public @Nullable Long longOrNull(String field) {
    return (Long) byField.get(field);
  }

  public int intValue(String field) {
    return required(field, intOrNull(field));
  }

  public @Nullable Integer intOrNull(String field) {
    return (Integer) byField.get(field);
  }

  public double doubleValue(String field) {
    return required(field, doubleOrNull(field));
  }

  public @Nullable Double doubleOrNull(String field) {
    return (Double) byField.get(field);
  }

  public boolean booleanValue(String field) {
    return required(field, booleanOrNull(field));
  }

  public @Nullable Boolean booleanOrNull(String field) {
    return (Boolean) byField.get(field);
  }

  public Instant instant(String field) {
    return required(field, instantOrNull(field));
  }

  public @Nullable Instant instantOrNull(String field) {
    return (Instant) byField.get(field);
  }

  public JsonNode json(String field) {
    return required(field, jsonOrNull(field));
  }

  public @Nullable JsonNode jsonOrNull(String field) {
    return (JsonNode) byField.get(field);
  }

  public LocalizedText localized(String field) {
    return required(field, localizedOrNull(field));
  }

  public @Nullable LocalizedText localizedOrNull(String field) {
    return (LocalizedText) byField.get(field);
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the row has no value for its required field " + field);
    }
    return value;
  }
}

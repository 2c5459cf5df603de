package io.belfry.store.read;

import com.fasterxml.jackson.core.JsonGenerator;
import io.belfry.query.sql.Output;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows as JSON objects, in the formats of the API: numbers plain, times and enum constants
/// as texts, embedded objects as they are stored.
final class ObjectWriter {
  private final JsonGenerator json;

  ObjectWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(List<Output> properties, Cells cells) throws IOException, SQLException {
    json.writeStartObject();
    for (var property : properties) {
      switch (property) {
        case Output.Value value -> write(value, cells.text(value.cell()));
        case Output.One one -> write(one, cells);
        case Output.Many many -> write(many, cells);
      }
    }
    json.writeEndObject();
  }

  private void write(Output.One one, Cells cells) throws IOException, SQLException {
    if (cells.text(one.presence()) != null) {
      json.writeFieldName(one.name());
      write(one.properties(), cells);
    } else if (!one.required()) {
      json.writeNullField(one.name());
    }
  }

  private void write(Output.Many many, Cells cells) throws IOException, SQLException {
    json.writeArrayFieldStart(many.name());
    for (var element : cells.elements(many.cell())) {
      write(many.properties(), new ElementCells(element));
    }
    json.writeEndArray();
  }

  private void write(Output.Value value, @Nullable String text) throws IOException {
    if (text == null) {
      writeAbsent(value);
      return;
    }
    json.writeFieldName(value.name());
    switch (value.kind()) {
      case TEXT -> json.writeString(text);
      case NUMBER -> writeNumber(text);
      case BOOLEAN -> json.writeBoolean(text.startsWith("t"));
      case JSON, JSON_LIST -> json.writeRawValue(text);
    }
  }

  /// Clients refuse a `null` in a required field, but not a field that is left out.
  private void writeAbsent(Output.Value value) throws IOException {
    if (!value.required()) {
      json.writeNullField(value.name());
    } else if (value.kind() == Output.Kind.JSON_LIST) {
      json.writeArrayFieldStart(value.name());
      json.writeEndArray();
    }
  }

  /// As the text of a number depends on how PostgreSQL sends it, all but plain whole ones are
  /// brought into one form: no exponent, no trailing zeros.
  private void writeNumber(String text) throws IOException {
    if (isWhole(text)) {
      json.writeNumber(text);
    } else if (isFinite(text)) {
      json.writeNumber(new BigDecimal(text).stripTrailingZeros().toPlainString());
    } else {
      json.writeNull();
    }
  }

  private static boolean isWhole(String text) {
    return text.chars().allMatch(c -> ('0' <= c && c <= '9') || c == '-');
  }

  /// Neither `NaN` nor `Infinity`, which JSON doesn't know.
  private static boolean isFinite(String text) {
    return text.indexOf('N') < 0 && text.indexOf('I') < 0;
  }
}

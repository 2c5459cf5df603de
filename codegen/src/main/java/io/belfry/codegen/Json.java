package io.belfry.codegen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes one JSON object by calls that nest as the JSON does.
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /// An object in UTF-8.
  ///
  /// @param members writes what the object holds
  public static byte[] object(Consumer<Json> members) {
    var bytes = new ByteArrayOutputStream();
    try (var generator = FACTORY.createGenerator(bytes)) {
      var json = new Json(generator);
      json.item(() -> members.accept(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A member of the current object that is an object.
  public void object(String name, Runnable members) {
    write(() -> generator.writeFieldName(name));
    item(members);
  }

  /// A member that is an array.
  public void array(String name, Runnable items) {
    write(() -> generator.writeArrayFieldStart(name));
    items.run();
    write(generator::writeEndArray);
  }

  /// An object as an item of the current array.
  public void item(Runnable members) {
    write(generator::writeStartObject);
    members.run();
    write(generator::writeEndObject);
  }

  public void text(String name, String value) {
    write(() -> generator.writeStringField(name, value));
  }

  /// A member that is an array of texts.
  public void texts(String name, Iterable<String> values) {
    array(name, () -> values.forEach(value -> write(() -> generator.writeString(value))));
  }

  public void flag(String name, boolean value) {
    write(() -> generator.writeBooleanField(name, value));
  }

  public void number(String name, long value) {
    write(() -> generator.writeNumberField(name, value));
  }

  /// A member whose JSON has been written before.
  public void written(String name, byte[] value) {
    write(() -> generator.writeFieldName(name));
    write(() -> generator.writeRawValue(new String(value, StandardCharsets.UTF_8)));
  }

  private static void write(Step step) {
    try {
      step.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Step {
    void write() throws IOException;
  }
}

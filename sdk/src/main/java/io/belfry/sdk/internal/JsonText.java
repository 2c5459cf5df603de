package io.belfry.sdk.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.Json;
import io.belfry.sdk.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as text: reading, writing, and how dates look.
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private JsonText() {}

  /// A parser of JSON that is still arriving.
  public static JsonParser parser(InputStream text) throws IOException {
    return FACTORY.createParser(text);
  }

  public static JsonParser parser(byte[] text) throws IOException {
    return FACTORY.createParser(text);
  }

  /// ISO-8601 in UTC with milliseconds, which is what the API sends itself.
  public static String date(Instant instant) {
    return DATE.format(instant);
  }

  /// Reads any ISO-8601 time with an offset.
  public static Instant date(String text) {
    return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
  }

  /// @throws IllegalArgumentException if the text is not one JSON value
  public static Json parse(String text) {
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON: the text is empty");
      }
      var json = read(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value: " + text);
      }
      return json;
    } catch (IOException malformed) {
      throw new IllegalArgumentException("no JSON: " + malformed.getMessage(), malformed);
    }
  }

  /// The value at which the parser stands; it stands at the value's end afterwards.
  public static Json read(JsonParser parser) throws IOException {
    return Json.of(value(parser));
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    var token = parser.currentToken();
    if (token == null) {
      throw new IOException("the text ends where a value should be");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + token);
    };
  }

  private static Map<String, Json> object(JsonParser parser) throws IOException {
    var fields = new LinkedHashMap<String, Json>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return fields;
  }

  private static List<Json> array(JsonParser parser) throws IOException {
    var elements = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser));
    }
    return elements;
  }

  public static String write(Json json) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      write(json, generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  public static byte[] bytes(Json json) {
    var bytes = new ByteArrayOutputStream();
    try (var generator = FACTORY.createGenerator(bytes)) {
      write(json, generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Json json, JsonGenerator generator) throws IOException {
    var value = json.value();
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else if (value instanceof Number number) {
      write(number, generator);
    } else if (json.isArray()) {
      generator.writeStartArray();
      for (var element : json.elements()) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Upload file) {
      generator.writeString(file.toString());
    } else {
      generator.writeStartObject();
      for (var field : json.fields().entrySet()) {
        generator.writeFieldName(field.getKey());
        write(field.getValue(), generator);
      }
      generator.writeEndObject();
    }
  }

  private static void write(Number number, JsonGenerator generator) throws IOException {
    if (number instanceof Long integer) {
      generator.writeNumber(integer);
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (number instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else {
      generator.writeNumber(number.doubleValue());
    }
  }
}

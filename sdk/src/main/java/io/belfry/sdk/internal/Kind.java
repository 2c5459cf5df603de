package io.belfry.sdk.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.belfry.sdk.EnumValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How one field of an answer is read. The parser stands at the value, which is not null.
@FunctionalInterface
interface Kind {
  Kind TEXT = Kind::text;
  Kind INT = parser -> number(parser).getIntValue();
  Kind LONG = parser -> number(parser).getLongValue();
  Kind DOUBLE = parser -> number(parser).getDoubleValue();
  Kind BOOLEAN = Kind::bool;
  Kind JSON = JsonText::read;

  Object read(JsonParser parser) throws IOException;

  static Kind enumeration(Function<String, ? extends EnumValue> of) {
    return parser -> of.apply(text(parser));
  }

  static Kind object(Shape<?> shape) {
    return shape::read;
  }

  static Kind list(Kind element) {
    return parser -> list(parser, element);
  }

  private static String text(JsonParser parser) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw unexpected(parser, "text");
    }
    return parser.getText();
  }

  private static boolean bool(JsonParser parser) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw unexpected(parser, "true or false");
    }
    return parser.getBooleanValue();
  }

  private static JsonParser number(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw unexpected(parser, "a number");
    }
    return parser;
  }

  private static List<Object> list(JsonParser parser, Kind element) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw unexpected(parser, "a list");
    }
    var elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        elements.add(element.read(parser));
      }
    }
    return elements;
  }

  /// What to throw where the value is of another type than the API promises.
  static IOException unexpected(JsonParser parser, String expected) throws IOException {
    var path = parser.getParsingContext().pathAsPointer();
    return new IOException(
        "at %s there should be %s, not %s".formatted(path, expected, parser.getText()));
  }
}

package io.belfry.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Reads the values in a filter, as lenient as clients need: numbers also come as text (`"2"`),
/// whole ones also with a fraction of zero (`2.0`), and a single value where a list belongs.
final class ValueParser {
  private static final int YEAR_LIMIT = 10_000;
  private static final int DIGITS_LIMIT = 400;

  private final Schema schema;
  private final QueryLimits limits;

  ValueParser(Schema schema, QueryLimits limits) {
    this.schema = schema;
    this.limits = limits;
  }

  /// The members of a list; those that are null don't count.
  List<Object> list(String path, Field field, JsonNode given) {
    if (!given.isArray()) {
      return List.of(single(path, field, given));
    }
    if (given.size() > limits.listSize()) {
      throw Refusal.tooComplex(
          path,
          "%s has %s values, at most %s are possible: split the request"
              .formatted(path, given.size(), limits.listSize()));
    }
    var values = new ArrayList<>(given.size());
    for (var i = 0; i < given.size(); i++) {
      if (!given.get(i).isNull()) {
        values.add(single(path + "[" + i + "]", field, given.get(i)));
      }
    }
    return values;
  }

  Object single(String path, Field field, JsonNode given) {
    return switch (field.type()) {
      case Type.Scalar scalar -> scalar(path, scalar, given);
      case Type.EnumRef(var name) -> constant(path, name, given);
      default -> throw new IllegalStateException(path + " can't be compared");
    };
  }

  String text(String path, JsonNode given) {
    if (!given.isTextual()) {
      throw Refusal.wrongType(path, given, "a string");
    }
    var text = given.textValue();
    if (text.length() > limits.textLength()) {
      throw Refusal.tooComplex(
          path,
          "%s has %s characters, at most %s are possible"
              .formatted(path, text.length(), limits.textLength()));
    }
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw Refusal.wrongType(path, given, "Unicode text without the character U+0000");
    }
    return text;
  }

  static long wholeNumber(String path, JsonNode given, long least, long most) {
    var wanted = "a whole number from %s to %s".formatted(least, most);
    var number = number(path, given, wanted);
    try {
      var whole = number.longValueExact();
      if (least <= whole && whole <= most) {
        return whole;
      }
    } catch (ArithmeticException e) {
      // told below: a fraction, or beyond 64 bits
    }
    throw Refusal.wrongType(path, given, wanted);
  }

  private Object scalar(String path, Type.Scalar scalar, JsonNode given) {
    return switch (scalar) {
      case STRING -> text(path, given);
      case INT -> wholeNumber(path, given, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> wholeNumber(path, given, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> floatingPoint(path, given);
      case BOOLEAN -> bool(path, given);
      case DATE_TIME -> time(path, given);
      case JSON, UPLOAD -> throw new IllegalStateException(path + " can't be compared");
    };
  }

  private static boolean bool(String path, JsonNode given) {
    if (!given.isBoolean()) {
      throw Refusal.wrongType(path, given, "true or false");
    }
    return given.booleanValue();
  }

  private static double floatingPoint(String path, JsonNode given) {
    var number = number(path, given, "a number").doubleValue();
    if (Double.isInfinite(number)) {
      throw Refusal.wrongType(path, given, "a number of 64 bits");
    }
    return number;
  }

  private static BigDecimal number(String path, JsonNode given, String wanted) {
    try {
      if (given.isNumber()) {
        return given.decimalValue();
      }
      if (given.isTextual() && given.textValue().length() <= DIGITS_LIMIT) {
        return new BigDecimal(given.textValue().strip());
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw Refusal.wrongType(path, given, wanted);
  }

  private static Instant time(String path, JsonNode given) {
    try {
      if (given.isTextual()) {
        var time = OffsetDateTime.parse(given.textValue());
        if (time.getYear() > 0 && time.getYear() < YEAR_LIMIT) {
          return time.toInstant().truncatedTo(ChronoUnit.MICROS);
        }
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw Refusal.wrongType(path, given, "a time such as 2026-01-31T08:00:00.000Z");
  }

  private String constant(String path, String name, JsonNode given) {
    var type = schema.enumType(name);
    if (!given.isTextual() || type.byWireName(given.textValue()).isEmpty()) {
      throw Refusal.unknownConstant(path, given, type.wireNames());
    }
    return given.textValue();
  }
}

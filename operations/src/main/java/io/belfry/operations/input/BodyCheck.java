package io.belfry.operations.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.belfry.problem.Nearest;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.schema.Field;
import io.belfry.schema.InputType;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import io.belfry.schema.TypeUse;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/// Checks a request body against the type and the limits that the schema gives it and returns it in
/// normal form: numbers as numbers (clients send `"2"` and `2.0` too), empty optional ids left out.
/// Filters inside a body pass unchecked: the query module reads them.
public final class BodyCheck {
  /// How many elements a batch may have.
  public static final int LIST_LIMIT = 20_000;

  private static final int NEAREST = 3;

  private final Schema schema;

  public BodyCheck(Schema schema) {
    this.schema = schema;
  }

  /// The body in normal form.
  ///
  /// @throws ProblemException naming the first field that is unknown, missing, of a wrong type or
  ///   beyond its limits
  public JsonNode check(TypeUse use, JsonNode body) {
    return value("body", use, body);
  }

  private JsonNode value(String path, TypeUse use, JsonNode given) {
    if (given.isNull() || given.isMissingNode()) {
      if (use.required()) {
        throw refused(ProblemCode.MISSING_FIELD, path, "%s is required".formatted(path));
      }
      return given;
    }
    return use.list() ? list(path, use, given) : single(path, use.type(), given);
  }

  private JsonNode list(String path, TypeUse use, JsonNode given) {
    if (!given.isArray()) {
      throw wrongType(path, given, "a list, [ … ]");
    }
    if (given.size() > LIST_LIMIT) {
      throw refused(
          ProblemCode.TOO_LARGE,
          path,
          "%s has %s elements, at most %s are possible".formatted(path, given.size(), LIST_LIMIT));
    }
    var item = new TypeUse(use.type(), false, true);
    var checked = JsonNodeFactory.instance.arrayNode(given.size());
    for (var i = 0; i < given.size(); i++) {
      checked.add(value(path + "[" + i + "]", item, given.get(i)));
    }
    return checked;
  }

  private JsonNode single(String path, Type type, JsonNode given) {
    return switch (type) {
      case Type.Scalar scalar -> scalar(path, scalar, given);
      case Type.EnumRef(var name) -> constant(path, name, given);
      case Type.InputRef(var name) -> input(path, schema.input(name), given);
      case Type.ObjectRef(var name) -> fields(path, name, schema.object(name).fields(), given);
      case Type.WhereRef _, Type.ListRequestRef _ -> object(path, given);
      case Type.EntityRef _ -> throw new IllegalStateException("no body holds an entity: " + path);
    };
  }

  private JsonNode scalar(String path, Type.Scalar scalar, JsonNode given) {
    return switch (scalar) {
      case STRING -> given.isTextual() ? given : mistyped(path, given, "a string");
      case INT -> integer(path, given, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> integer(path, given, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> fraction(path, given);
      case BOOLEAN -> given.isBoolean() ? given : mistyped(path, given, "true or false");
      case DATE_TIME -> dateTime(path, given);
      case JSON -> given;
      case UPLOAD -> mistyped(path, given, "a file, sent as multipart/form-data");
    };
  }

  private static JsonNode integer(String path, JsonNode given, long least, long most) {
    var wanted = "a whole number from %s to %s".formatted(least, most);
    var number = number(path, given, wanted);
    try {
      var whole = number.longValueExact();
      if (least <= whole && whole <= most) {
        return LongNode.valueOf(whole);
      }
    } catch (ArithmeticException e) {
      // told below: a fraction, or beyond 64 bits
    }
    throw wrongType(path, given, wanted);
  }

  private static JsonNode fraction(String path, JsonNode given) {
    var wanted = "a number that 64 bits can hold";
    var number = number(path, given, wanted).doubleValue();
    if (Double.isInfinite(number)) {
      throw wrongType(path, given, wanted);
    }
    return DoubleNode.valueOf(number);
  }

  private static BigDecimal number(String path, JsonNode given, String wanted) {
    try {
      if (given.isNumber()) {
        return given.decimalValue();
      }
      if (given.isTextual()) {
        return new BigDecimal(given.textValue().strip());
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw wrongType(path, given, wanted);
  }

  private static JsonNode dateTime(String path, JsonNode given) {
    try {
      if (given.isTextual()) {
        return TextNode.valueOf(OffsetDateTime.parse(given.textValue()).toInstant().toString());
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw wrongType(path, given, "a time such as 2026-01-31T08:00:00.000Z");
  }

  private JsonNode constant(String path, String name, JsonNode given) {
    var constants = schema.enumType(name).wireNames();
    if (given.isTextual() && constants.contains(given.textValue())) {
      return given;
    }
    throw new Problem(
            ProblemCode.UNKNOWN_CONSTANT,
            "%s must be one of %s, not %s".formatted(path, String.join(", ", constants), given),
            Map.of("field", path, "value", given.asText(), "allowed", constants))
        .asException();
  }

  private JsonNode input(String path, InputType input, JsonNode given) {
    return fields(path, input.name(), input.fields(), given);
  }

  private JsonNode fields(String path, String type, Map<String, Field> fields, JsonNode given) {
    object(path, given);
    var wireNames = fields.values().stream().map(Field::wireName).toList();
    for (var key : (Iterable<String>) given::fieldNames) {
      if (!wireNames.contains(key)) {
        throw unknownKey(path, type, key, wireNames);
      }
    }
    var checked = JsonNodeFactory.instance.objectNode();
    for (var field : fields.values()) {
      copy(path + "." + field.wireName(), field, given, checked);
    }
    fields.values().forEach(new LimitCheck(path, checked)::check);
    return checked;
  }

  private void copy(String path, Field field, JsonNode from, ObjectNode to) {
    var given = from.path(field.wireName());
    if (isEmptyId(field, given)) {
      return;
    }
    var value = value(path, field.use(), given);
    if (!value.isMissingNode()) {
      to.set(field.wireName(), value);
    }
  }

  /// Clients send `"host_id": ""` for "none".
  private static boolean isEmptyId(Field field, JsonNode given) {
    return !field.required()
        && field.name().endsWith("_id")
        && given.isTextual()
        && given.textValue().isEmpty();
  }

  private static JsonNode object(String path, JsonNode given) {
    return given.isObject() ? given : mistyped(path, given, "an object, { … }");
  }

  private static JsonNode mistyped(String path, JsonNode given, String wanted) {
    throw wrongType(path, given, wanted);
  }

  private static ProblemException unknownKey(
      String path, String type, String key, List<String> known) {
    var nearest = Nearest.names(key, known, NEAREST);
    var hint = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
    return new Problem(
            ProblemCode.UNKNOWN_FIELD,
            "%s.%s: %s has no such field%s".formatted(path, key, type, hint),
            Map.of("field", path + "." + key, "nearest", nearest))
        .asException();
  }

  private static ProblemException wrongType(String path, JsonNode given, String wanted) {
    return refused(
        ProblemCode.WRONG_TYPE,
        path,
        "%s must be %s, not %s".formatted(path, wanted, shown(given)));
  }

  private static String shown(JsonNode given) {
    if (given instanceof BooleanNode || given.isNumber()) {
      return given.toString();
    }
    var text = given.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static ProblemException refused(ProblemCode code, String path, String message) {
    return new Problem(code, message, Map.of("field", path)).asException();
  }
}

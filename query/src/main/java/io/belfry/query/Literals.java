package io.belfry.query;

import io.belfry.schema.Field;
import io.belfry.schema.Schema;
import io.belfry.schema.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The values that fields are compared with, from our own code: whole numbers as [Long], numbers as
/// [Double], times as [Instant], enum constants by their names on the wire.
final class Literals {
  private Literals() {}

  /// A value in the form that conditions keep.
  ///
  /// @throws IllegalArgumentException if the field can't have it
  static Object checked(Schema schema, Field field, Object value) {
    var literal =
        switch (field.type()) {
          case Type.Scalar.INT, Type.Scalar.LONG -> value instanceof Integer i ? (long) i : value;
          case Type.Scalar.FLOAT -> value instanceof Number n ? n.doubleValue() : value;
          case Type.Scalar.DATE_TIME ->
              value instanceof Instant time ? time.truncatedTo(ChronoUnit.MICROS) : value;
          default -> value;
        };
    if (!fits(schema, field.type(), literal)) {
      throw new IllegalArgumentException(field.name() + " can't be " + value);
    }
    return literal;
  }

  private static boolean fits(Schema schema, Type type, Object value) {
    return switch (type) {
      case Type.Scalar.STRING -> value instanceof String;
      case Type.Scalar.INT, Type.Scalar.LONG -> value instanceof Long;
      case Type.Scalar.FLOAT -> value instanceof Double;
      case Type.Scalar.BOOLEAN -> value instanceof Boolean;
      case Type.Scalar.DATE_TIME -> value instanceof Instant;
      case Type.EnumRef(var name) ->
          value instanceof String constant
              && schema.enumType(name).byWireName(constant).isPresent();
      default -> false;
    };
  }
}

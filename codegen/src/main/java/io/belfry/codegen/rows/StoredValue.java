package io.belfry.codegen.rows;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import io.belfry.schema.Field;
import io.belfry.schema.Type;
import java.time.Instant;

/// A kind of value in a row.
///
/// @param type its Java type
/// @param accessor the accessor of `Values` for a value that is always there
/// @param accessorOrNull the accessor of `Values` for one that may be absent
record StoredValue(TypeName type, String accessor, String accessorOrNull) {
  private static final StoredValue TEXT = of(ClassName.get(String.class), "text");
  private static final StoredValue INT = of(TypeName.INT, "int");
  private static final StoredValue LONG = of(TypeName.LONG, "long");
  private static final StoredValue DOUBLE = of(TypeName.DOUBLE, "double");
  private static final StoredValue BOOLEAN = of(TypeName.BOOLEAN, "boolean");
  private static final StoredValue INSTANT = of(ClassName.get(Instant.class), "instant");
  private static final StoredValue JSON =
      of(ClassName.get("com.fasterxml.jackson.databind", "JsonNode"), "json");
  private static final StoredValue LOCALIZED = of(Names.LOCALIZED_TEXT, "localized");

  static StoredValue of(Field field) {
    if (field.isList()) {
      return JSON;
    }
    if (field.marks().localized()) {
      return LOCALIZED;
    }
    return switch (field.type()) {
      case Type.Scalar scalar -> of(scalar);
      case Type.EnumRef _, Type.EntityRef _ -> TEXT;
      case Type.ObjectRef _ -> JSON;
      case Type.InputRef _, Type.WhereRef _, Type.ListRequestRef _ ->
          throw new IllegalArgumentException("no row stores " + field);
    };
  }

  private static StoredValue of(Type.Scalar scalar) {
    return switch (scalar) {
      case STRING, UPLOAD -> TEXT;
      case INT -> INT;
      case LONG -> LONG;
      case FLOAT -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case DATE_TIME -> INSTANT;
      case JSON -> JSON;
    };
  }

  /// `Values` calls them `intValue` and `intOrNull`, `text` and `textOrNull`.
  private static StoredValue of(TypeName type, String name) {
    return new StoredValue(type, type.isPrimitive() ? name + "Value" : name, name + "OrNull");
  }
}

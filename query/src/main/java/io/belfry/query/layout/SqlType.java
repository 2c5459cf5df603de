package io.belfry.query.layout;

import io.belfry.schema.Field;
import io.belfry.schema.Type;

/// The PostgreSQL types that columns have.
public enum SqlType {
  TEXT("text"),
  INTEGER("integer"),
  BIGINT("bigint"),
  DOUBLE("double precision"),
  BOOLEAN("boolean"),
  TIMESTAMP("timestamp(3) with time zone"),
  JSONB("jsonb");

  private final String sql;

  SqlType(String sql) {
    this.sql = sql;
  }

  /// As PostgreSQL's `format_type` spells it.
  public String sql() {
    return sql;
  }

  /// The type of a column that holds a field which is no relation.
  public static SqlType of(Field field) {
    if (field.isList()) {
      return JSONB;
    }
    return switch (field.type()) {
      case Type.Scalar scalar -> of(scalar);
      case Type.EnumRef _ -> TEXT;
      case Type.ObjectRef _ -> JSONB;
      case Type.EntityRef _, Type.InputRef _, Type.WhereRef _, Type.ListRequestRef _ ->
          throw new IllegalArgumentException("no column holds " + field);
    };
  }

  private static SqlType of(Type.Scalar scalar) {
    return switch (scalar) {
      case STRING, UPLOAD -> TEXT;
      case INT -> INTEGER;
      case LONG -> BIGINT;
      case FLOAT -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case DATE_TIME -> TIMESTAMP;
      case JSON -> JSONB;
    };
  }
}

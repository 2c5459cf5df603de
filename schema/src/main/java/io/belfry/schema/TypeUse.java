package io.belfry.schema;

/// A type as one place uses it.
///
/// @param type what one value is
/// @param list whether the place holds a list of such values; list items are never null
/// @param required whether the place itself can't be null or absent
public record TypeUse(Type type, boolean list, boolean required) {

  /// Whether one plain value of this scalar stands here.
  public boolean is(Type.Scalar scalar) {
    return !list && type == scalar;
  }

  /// Whether numbers stand here, one or a list of them.
  public boolean isNumeric() {
    return type == Type.Scalar.INT || type == Type.Scalar.LONG || type == Type.Scalar.FLOAT;
  }

  /// Whether this is a relation to one or many entities.
  public boolean isRelation() {
    return type instanceof Type.EntityRef;
  }

  /// Whether a filter or order can compare this: one scalar (JSON apart) or one enum value.
  public boolean isComparable() {
    if (list) {
      return false;
    }
    return switch (type) {
      case Type.Scalar scalar -> scalar != Type.Scalar.JSON && scalar != Type.Scalar.UPLOAD;
      case Type.EnumRef _ -> true;
      case Type.ObjectRef _,
          Type.EntityRef _,
          Type.InputRef _,
          Type.WhereRef _,
          Type.ListRequestRef _ ->
          false;
    };
  }
}

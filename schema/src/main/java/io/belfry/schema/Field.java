package io.belfry.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A field of an entity, an object or an input.
///
/// @param name as in the schema files, which is a Java identifier
/// @param wireName as in JSON; differs from `name` only where JSON allows what Java doesn't
/// @param use type, list and required
/// @param inverse the relation's other end: the name of a field of the related entity
/// @param marks what else the schema says of it
/// @param doc one or more sentences for people, empty if there is nothing to add
public record Field(
    String name, String wireName, TypeUse use, @Nullable String inverse, Marks marks, String doc) {

  /// What the schema adds to a field's type.
  ///
  /// @param whereOnly exists in filters, never in an answer
  /// @param localized stored as two texts, shown in the language of the request
  /// @param gauge shows a measurement, which is no reason to log a change
  /// @param computation of what is not stored
  /// @param unitOrNull of a number that has one
  /// @param limits of an input's values
  public record Marks(
      boolean whereOnly,
      boolean localized,
      boolean gauge,
      @Nullable Computed computation,
      @Nullable Unit unitOrNull,
      Limits limits) {
    /// No marks at all.
    public static final Marks NONE = new Marks(false, false, false, null, null, Limits.NONE);

    /// What is not stored: a count or sum over a relation, or a formula over other fields.
    public Optional<Computed> computed() {
      return Optional.ofNullable(computation);
    }

    public Optional<Unit> unit() {
      return Optional.ofNullable(unitOrNull);
    }
  }

  public Type type() {
    return use.type();
  }

  public boolean required() {
    return use.required();
  }

  public boolean isList() {
    return use.list();
  }

  /// The name that a field beside this one has if requests can choose the unit of this one.
  public String unitName() {
    return name + "_unit";
  }

  /// Whether this field relates its entity to one other.
  public boolean isToOne() {
    return use.isRelation() && !use.list();
  }

  /// Whether this field relates its entity to any number of others.
  public boolean isToMany() {
    return use.isRelation() && use.list();
  }

  /// The name of the related entity.
  ///
  /// @throws IllegalStateException if this is no relation
  public String target() {
    if (type() instanceof Type.EntityRef(String entity)) {
      return entity;
    }
    throw new IllegalStateException(name + " is no relation");
  }
}

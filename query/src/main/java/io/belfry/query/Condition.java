package io.belfry.query;

import io.belfry.schema.Field;
import java.time.Instant;
import java.util.List;

/// Which rows of one entity are meant. Its fields exist and its values have their types: it comes
/// from [WhereParser], which checks them, or from [Conditions], for our own code.
///
/// The logic is SQL's: a comparison with an absent value is neither true nor false, and neither is
/// its negation, so a row without a name matches neither `name: "a"` nor `NOT: {name: "a"}`.
/// [IsNull] and [Related] are always true or false.
public sealed interface Condition {
  /// Holds for every row.
  record Everything() implements Condition {}

  /// Holds for no row.
  record Nothing() implements Condition {}

  /// Holds where each of the conditions does.
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /// Holds where at least one of the conditions does.
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  record Not(Condition condition) implements Condition {}

  /// Compares a field's value with another.
  ///
  /// @param value a [String], [Long], [Double], [Boolean] or [Instant]
  record Compare(Field field, Comparison comparison, Object value) implements Condition {
    public Compare {
      requireKnownType(value);
    }
  }

  /// The field's value is one of these; none of them is no match.
  ///
  /// @param values all of one type, as in [Compare]
  record In(Field field, List<Object> values) implements Condition {
    public In {
      values = List.copyOf(values);
      values.forEach(Condition::requireKnownType);
    }
  }

  /// The field has no value.
  record IsNull(Field field) implements Condition {}

  /// At least one related row matches.
  ///
  /// @param condition over the related entity
  record Related(Field relation, Condition condition) implements Condition {}

  /// How [Compare] compares. Texts are compared by code point, case matters.
  enum Comparison {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH
  }

  static Condition everything() {
    return new Everything();
  }

  static Condition nothing() {
    return new Nothing();
  }

  default Condition and(Condition other) {
    return all(List.of(this, other));
  }

  default Condition or(Condition other) {
    return new Any(List.of(this, other));
  }

  default Condition negated() {
    return this instanceof Not(var inner) ? inner : new Not(this);
  }

  /// All of these, in the simplest form.
  static Condition all(List<Condition> conditions) {
    var significant =
        conditions.stream().filter(condition -> !(condition instanceof Everything)).toList();
    return switch (significant.size()) {
      case 0 -> new Everything();
      case 1 -> significant.getFirst();
      default -> new All(significant);
    };
  }

  private static void requireKnownType(Object value) {
    switch (value) {
      case String _, Long _, Double _, Boolean _, Instant _ -> {}
      default -> throw new IllegalArgumentException("not a value of a field: " + value);
    }
  }
}

package io.belfry.sdk;

/// A relation to any number of objects of another entity.
///
/// @param <T> the entity that has the relation
/// @param <R> the related entity
public record ToMany<T, R>(String name) {
  /// The condition holds for at least one related object.
  public Condition<T> some(Condition<R> condition) {
    return Condition.of(name + "_some", condition);
  }

  /// The condition holds for all related objects; also where there are none.
  public Condition<T> every(Condition<R> condition) {
    return Condition.of(name + "_every", condition);
  }

  /// The condition holds for no related object.
  public Condition<T> none(Condition<R> condition) {
    return Condition.of(name + "_none", condition);
  }

  public Condition<T> isEmpty() {
    return none(Condition.everything());
  }

  public Condition<T> isNotEmpty() {
    return some(Condition.everything());
  }
}

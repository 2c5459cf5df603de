package io.belfry.sdk;

/// A relation to at most one object of another entity.
///
/// @param <T> the entity that has the relation
/// @param <R> the related entity
public record ToOne<T, R>(String name) {
  /// There is a related object, and the condition holds for it.
  public Condition<T> has(Condition<R> condition) {
    return Condition.of(name, condition);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name, Condition.everything());
  }
}

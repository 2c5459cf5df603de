package io.belfry.sdk;

/// A field that holds true or false. An object without a value matches only [#isAbsent].
///
/// @param <T> the entity that has the field
public record BooleanField<T>(String name) implements SortableField<T> {
  public Condition<T> is(boolean value) {
    return Condition.of(name, value);
  }

  public Condition<T> isTrue() {
    return is(true);
  }

  public Condition<T> isFalse() {
    return is(false);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name + "_not", null);
  }
}

package io.belfry.sdk;

import java.util.Collection;
import java.util.List;

/// A field that holds a value of an enum. An object without a value matches only [#isAbsent].
///
/// @param <T> the entity that has the field
/// @param <E> the enum
public record EnumField<T, E extends EnumValue>(String name) implements SortableField<T> {
  public Condition<T> is(E value) {
    return Condition.of(name, value);
  }

  public Condition<T> isNot(E value) {
    return Condition.of(name + "_not", value);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final Condition<T> in(E... values) {
    return in(List.of(values));
  }

  public Condition<T> in(Collection<E> values) {
    return Condition.of(name + "_in", values);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final Condition<T> notIn(E... values) {
    return notIn(List.of(values));
  }

  public Condition<T> notIn(Collection<E> values) {
    return Condition.of(name + "_not_in", values);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name + "_not", null);
  }
}

package io.belfry.sdk;

import java.util.Collection;
import java.util.List;

/// A field that holds a number. An object without a value matches only [#isAbsent].
///
/// @param <T> the entity that has the field
public record NumberField<T>(String name) implements SortableField<T> {
  public Condition<T> is(Number value) {
    return Condition.of(name, value);
  }

  public Condition<T> isNot(Number value) {
    return Condition.of(name + "_not", value);
  }

  public Condition<T> in(Number... values) {
    return in(List.of(values));
  }

  public Condition<T> in(Collection<? extends Number> values) {
    return Condition.of(name + "_in", values);
  }

  public Condition<T> notIn(Number... values) {
    return notIn(List.of(values));
  }

  public Condition<T> notIn(Collection<? extends Number> values) {
    return Condition.of(name + "_not_in", values);
  }

  public Condition<T> lessThan(Number value) {
    return Condition.of(name + "_lt", value);
  }

  public Condition<T> atMost(Number value) {
    return Condition.of(name + "_lte", value);
  }

  public Condition<T> greaterThan(Number value) {
    return Condition.of(name + "_gt", value);
  }

  public Condition<T> atLeast(Number value) {
    return Condition.of(name + "_gte", value);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name + "_not", null);
  }
}

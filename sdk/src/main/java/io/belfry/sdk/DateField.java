package io.belfry.sdk;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// A field that holds a point in time. An object without a value matches only [#isAbsent].
///
/// @param <T> the entity that has the field
public record DateField<T>(String name) implements SortableField<T> {
  public Condition<T> is(Instant value) {
    return Condition.of(name, value);
  }

  public Condition<T> isNot(Instant value) {
    return Condition.of(name + "_not", value);
  }

  public Condition<T> in(Instant... values) {
    return in(List.of(values));
  }

  public Condition<T> in(Collection<Instant> values) {
    return Condition.of(name + "_in", values);
  }

  public Condition<T> notIn(Instant... values) {
    return notIn(List.of(values));
  }

  public Condition<T> notIn(Collection<Instant> values) {
    return Condition.of(name + "_not_in", values);
  }

  public Condition<T> before(Instant value) {
    return Condition.of(name + "_lt", value);
  }

  public Condition<T> atOrBefore(Instant value) {
    return Condition.of(name + "_lte", value);
  }

  public Condition<T> after(Instant value) {
    return Condition.of(name + "_gt", value);
  }

  public Condition<T> atOrAfter(Instant value) {
    return Condition.of(name + "_gte", value);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name + "_not", null);
  }
}

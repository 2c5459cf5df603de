package io.belfry.sdk;

import java.util.Collection;
import java.util.List;

/// A field that holds text. Comparing is case-sensitive; an object without a value matches only
/// [#isAbsent].
///
/// @param <T> the entity that has the field
public record TextField<T>(String name) implements SortableField<T> {
  public Condition<T> is(String value) {
    return Condition.of(name, value);
  }

  public Condition<T> isNot(String value) {
    return Condition.of(name + "_not", value);
  }

  public Condition<T> in(String... values) {
    return in(List.of(values));
  }

  public Condition<T> in(Collection<String> values) {
    return Condition.of(name + "_in", values);
  }

  public Condition<T> notIn(String... values) {
    return notIn(List.of(values));
  }

  public Condition<T> notIn(Collection<String> values) {
    return Condition.of(name + "_not_in", values);
  }

  public Condition<T> contains(String part) {
    return Condition.of(name + "_contains", part);
  }

  public Condition<T> doesNotContain(String part) {
    return Condition.of(name + "_not_contains", part);
  }

  public Condition<T> startsWith(String start) {
    return Condition.of(name + "_starts_with", start);
  }

  public Condition<T> doesNotStartWith(String start) {
    return Condition.of(name + "_not_starts_with", start);
  }

  public Condition<T> endsWith(String end) {
    return Condition.of(name + "_ends_with", end);
  }

  public Condition<T> doesNotEndWith(String end) {
    return Condition.of(name + "_not_ends_with", end);
  }

  public Condition<T> lessThan(String value) {
    return Condition.of(name + "_lt", value);
  }

  public Condition<T> atMost(String value) {
    return Condition.of(name + "_lte", value);
  }

  public Condition<T> greaterThan(String value) {
    return Condition.of(name + "_gt", value);
  }

  public Condition<T> atLeast(String value) {
    return Condition.of(name + "_gte", value);
  }

  public Condition<T> isAbsent() {
    return Condition.of(name, null);
  }

  public Condition<T> isPresent() {
    return Condition.of(name + "_not", null);
  }
}

package io.belfry.sdk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which objects to list, in what order, and which part of that list. Immutable: each method makes
/// another query.
///
/// @param <T> the entity
public final class Query<T> implements JsonForm, Selection<T> {
  private final Map<String, Object> arguments;

  private Query(Map<String, Object> arguments) {
    this.arguments = arguments;
  }

  /// All objects, oldest first.
  public static <T> Query<T> everything() {
    return new Query<>(Map.of());
  }

  /// Only those for which the condition holds; replaces an earlier one.
  public Query<T> where(Condition<T> condition) {
    return with("where", condition);
  }

  public Query<T> orderBy(Order<T> order) {
    return with("orderBy", order.value());
  }

  /// At most so many from the start of the list.
  public Query<T> first(int count) {
    return with("first", atLeastZero("first", count));
  }

  /// At most so many from the end of the list, in the list's order.
  public Query<T> last(int count) {
    return with("last", atLeastZero("last", count));
  }

  /// Leaves out so many where counting starts.
  public Query<T> skip(int count) {
    return with("skip", atLeastZero("skip", count));
  }

  /// Only what follows the object with this id.
  public Query<T> after(String id) {
    return with("after", id);
  }

  /// Only what precedes the object with this id.
  public Query<T> before(String id) {
    return with("before", id);
  }

  private static int atLeastZero(String argument, int count) {
    if (count < 0) {
      throw new IllegalArgumentException(argument + " must be 0 or more: " + count);
    }
    return count;
  }

  private Query<T> with(String argument, Object value) {
    var changed = new LinkedHashMap<>(arguments);
    changed.put(argument, value);
    return new Query<>(changed);
  }

  @Override
  public Query<T> from(Query<T> everything) {
    return this;
  }

  @Override
  public Json json() {
    return Json.of(arguments);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Query<?> query && json().equals(query.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return json().toString();
  }
}

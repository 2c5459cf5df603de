package io.belfry.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which objects of an entity are meant: `Vm.NAME.startsWith("web").and(Vm.VCPU.greaterThan(4))`.
/// Field handles make them; [#and], [#or] and [#not] combine them; JSON text shows what is sent.
///
/// @param <T> the entity
public final class Condition<T> implements JsonForm, Selection<T> {
  private static final Json EVERYTHING = Json.object();

  private final Json json;

  private Condition(Json json) {
    this.json = json;
  }

  /// Holds for every object.
  public static <T> Condition<T> everything() {
    return new Condition<>(EVERYTHING);
  }

  /// A condition in the API's own language, such as `{"name_contains": "web"}`.
  ///
  /// @throws IllegalArgumentException if it is no JSON object
  public static <T> Condition<T> of(Json where) {
    if (!where.isObject()) {
      throw new IllegalArgumentException("a condition is a JSON object, not " + where);
    }
    return new Condition<>(where);
  }

  static <T> Condition<T> of(String key, @Nullable Object value) {
    return new Condition<>(Json.object(key, value));
  }

  /// Holds where both do.
  public Condition<T> and(Condition<T> other) {
    if (isEverything()) {
      return other;
    }
    return other.isEverything() ? this : joined("AND", this, other);
  }

  /// Holds where at least one does.
  public Condition<T> or(Condition<T> other) {
    return isEverything() || other.isEverything() ? everything() : joined("OR", this, other);
  }

  /// Holds where this doesn't.
  ///
  /// @throws IllegalStateException if this holds everywhere: the API has no condition that holds
  ///   nowhere
  public Condition<T> not() {
    if (isEverything()) {
      throw new IllegalStateException("nothing is left if everything is excluded");
    }
    return new Condition<>(Json.object("NOT", List.of(json)));
  }

  private boolean isEverything() {
    return json.equals(EVERYTHING);
  }

  private static <T> Condition<T> joined(String key, Condition<T> left, Condition<T> right) {
    var parts = new ArrayList<Json>();
    Stream.of(left, right).forEach(each -> parts.addAll(each.parts(key)));
    return new Condition<>(Json.object(key, parts));
  }

  /// The members of this if it is itself such a list, so that `a.and(b).and(c)` stays flat.
  private List<Json> parts(String key) {
    var isSuchList = json.fields().size() == 1 && json.get(key).isArray();
    return isSuchList ? json.get(key).elements() : List.of(json);
  }

  @Override
  public Query<T> from(Query<T> everything) {
    return everything.where(this);
  }

  @Override
  public Json json() {
    return json;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Condition<?> condition && json.equals(condition.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}

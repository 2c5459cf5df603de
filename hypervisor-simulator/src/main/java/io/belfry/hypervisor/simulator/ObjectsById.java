package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The objects of one kind: the one place where an object is replaced by its next version, whether
/// by an effect, by news, or because a turn is taken back.
final class ObjectsById<V extends WorldObject> {
  private final Kind kind;
  private final Class<V> type;
  private final Changes changes;
  private final Balance<V> balance;
  private final Map<String, V> objects = new HashMap<>();

  ObjectsById(Kind kind, Class<V> type, Changes changes, Balance<V> balance) {
    this.kind = kind;
    this.type = type;
    this.changes = changes;
    this.balance = balance;
  }

  /// Keeps sums up to date that follow from the objects.
  @FunctionalInterface
  interface Balance<V> {
    /// Called before an object is replaced; null stands for none.
    void replace(@Nullable V before, @Nullable V after);
  }

  Optional<V> find(String id) {
    return Optional.ofNullable(objects.get(id));
  }

  /// Adds or replaces an object, as an effect; none if that changes nothing.
  void set(V object) {
    var before = objects.get(object.key().id());
    if (!object.equals(before)) {
      changes.note(object.key(), before);
      replace(object.key().id(), object);
    }
  }

  /// Keeps an object as it is, as an effect, whatever records say of it from now on.
  void keep(V object) {
    changes.note(object.key(), object);
  }

  /// Removes an object, as an effect.
  void remove(String id) {
    changes.note(new ObjectKey(kind, id), objects.get(id));
    replace(id, null);
  }

  @Nullable WorldObject get(String id) {
    return objects.get(id);
  }

  /// Makes an object what somebody says it is; no effect.
  void put(String id, @Nullable WorldObject object) {
    replace(id, object == null ? null : type.cast(object));
  }

  private void replace(String id, @Nullable V after) {
    balance.replace(objects.get(id), after);
    if (after == null) {
      objects.remove(id);
    } else {
      objects.put(id, after);
    }
  }
}

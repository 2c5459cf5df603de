package io.belfry.store;

import io.belfry.store.row.Edit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// New rows and updates that a transaction has put off, at most one update a row.
final class PendingEdits {
  private List<Pending> inserts = new ArrayList<>();
  private SortedMap<Key, Pending> updates = new TreeMap<>();

  /// Rows are updated in this order, so that two transactions lock them in the same one.
  private record Key(String entity, String id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      var byEntity = entity.compareTo(other.entity);
      return byEntity == 0 ? id.compareTo(other.id) : byEntity;
    }
  }

  /// What will become of a row.
  record Pending(String id, Actor actor, Edit edit) {
    Pending with(Edit later) {
      var merged = Kept.of(edit);
      merged.values.putAll(later.values());
      return new Pending(id, actor, merged);
    }
  }

  /// An edit that nobody else can change.
  private record Kept(String entity, Map<String, @Nullable Object> values) implements Edit {
    static Kept of(Edit edit) {
      return new Kept(edit.entity(), new LinkedHashMap<>(edit.values()));
    }
  }

  /// Whether one of these rows waits for an edit of somebody else.
  boolean conflictsWith(Actor actor, Collection<String> ids, Edit edit) {
    return !updates.isEmpty()
        && ids.stream()
            .map(id -> updates.get(new Key(edit.entity(), id)))
            .anyMatch(waiting -> waiting != null && !waiting.actor.equals(actor));
  }

  /// Whether rows wait for edits of this actor.
  boolean has(Actor actor) {
    return Stream.concat(inserts.stream(), updates.values().stream())
        .anyMatch(one -> one.actor.equals(actor));
  }

  /// How many new rows wait.
  int inserts() {
    return inserts.size();
  }

  void insert(Actor actor, Edit edit) {
    var id = (String) Objects.requireNonNull(edit.values().get("id"), "a new row needs an id");
    inserts.add(new Pending(id, actor, Kept.of(edit)));
  }

  void update(Actor actor, Collection<String> ids, Edit edit) {
    var kept = Kept.of(edit);
    for (var id : ids) {
      updates.merge(
          new Key(kept.entity(), id),
          new Pending(id, actor, kept),
          (earlier, _) -> earlier.with(kept));
    }
  }

  /// All new rows that wait, in the order of their coming; none waits any more.
  List<Pending> takeInserts() {
    if (inserts.isEmpty()) {
      return List.of();
    }
    var taken = inserts;
    inserts = new ArrayList<>();
    return taken;
  }

  /// All updates that wait, in the order of entities and ids; none waits any more.
  List<Pending> takeUpdates() {
    if (updates.isEmpty()) {
      return List.of();
    }
    var taken = List.copyOf(updates.values());
    updates = new TreeMap<>();
    return taken;
  }

  /// Who changes which row.
  static Map<String, Actor> actors(List<Pending> edits) {
    var actors = new HashMap<String, Actor>();
    edits.forEach(one -> actors.put(one.id, one.actor));
    return actors;
  }

  /// What can be written by one statement each.
  static Collection<Alike> groups(List<Pending> edits) {
    record Shape(String entity, Set<String> fields) {}
    var groups = new LinkedHashMap<Shape, Alike>();
    for (var one : edits) {
      var shape = new Shape(one.edit.entity(), one.edit.values().keySet());
      groups
          .computeIfAbsent(
              shape,
              _ -> new Alike(shape.entity, shape.fields, new ArrayList<>(), new ArrayList<>()))
          .add(one);
    }
    return groups.values();
  }

  /// Edits of one entity that set the same fields, and the ids of the rows that they are for.
  record Alike(String entity, Set<String> fields, List<String> ids, List<Edit> edits) {
    private void add(Pending one) {
      ids.add(one.id);
      edits.add(one.edit);
    }
  }
}

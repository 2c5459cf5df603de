package io.belfry.store;

import io.belfry.store.RowWriter.Group;
import io.belfry.store.row.Edit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Updates that a transaction has put off, at most one a row.
final class PendingEdits {
  private SortedMap<Key, Pending> edits = new TreeMap<>();

  /// Rows are written in this order, so that two transactions lock them in the same one.
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
    return !edits.isEmpty()
        && ids.stream()
            .map(id -> edits.get(new Key(edit.entity(), id)))
            .anyMatch(waiting -> waiting != null && !waiting.actor.equals(actor));
  }

  /// Whether rows wait for edits of this actor.
  boolean has(Actor actor) {
    return edits.values().stream().anyMatch(one -> one.actor.equals(actor));
  }

  void add(Actor actor, Collection<String> ids, Edit edit) {
    var kept = Kept.of(edit);
    for (var id : ids) {
      edits.merge(
          new Key(kept.entity(), id),
          new Pending(id, actor, kept),
          (earlier, _) -> earlier.with(kept));
    }
  }

  /// All that waits, in the order of entities and ids; nothing waits any more.
  List<Pending> take() {
    if (edits.isEmpty()) {
      return List.of();
    }
    var taken = List.copyOf(edits.values());
    edits = new TreeMap<>();
    return taken;
  }

  /// Who changes which row.
  static Map<String, Actor> actors(List<Pending> edits) {
    var actors = new HashMap<String, Actor>();
    edits.forEach(one -> actors.put(one.id, one.actor));
    return actors;
  }

  /// What can be written by one statement each.
  static Collection<Updates> groups(List<Pending> edits) {
    record Alike(String entity, Set<String> fields) {}
    var groups = new LinkedHashMap<Alike, Updates>();
    for (var one : edits) {
      var alike = new Alike(one.edit.entity(), one.edit.values().keySet());
      groups
          .computeIfAbsent(
              alike,
              _ ->
                  new Updates(
                      new ArrayList<>(), new Group(alike.entity, alike.fields, new ArrayList<>())))
          .add(one);
    }
    return groups.values();
  }

  /// Edits of the same fields, and which row each is for.
  record Updates(List<String> ids, Group group) {
    private void add(Pending one) {
      ids.add(one.id);
      group.edits().add(one.edit);
    }
  }
}

package io.belfry.reliability.invariant;

import io.belfry.sdk.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rows of one table as the revision log tells them, from the first look on.
///
/// Gauges are left out, as the log leaves them out. A row is compared with the log whenever it has
/// been written since the last look, be that logged or not.
final class ReplayedTable {
  /// Fields that the schema marks as gauges.
  private static final Set<String> GAUGES =
      Set.of(
          "cpu_usage",
          "memory_usage",
          "guest_size_usage",
          "guest_used_size",
          "used_size_usage",
          "unique_logical_size",
          "unique_size",
          "used_size");

  private static final String NOTHING = "nothing";

  private final String entity;
  private final String table;
  private final Set<String> columns = new HashSet<>();
  private final Map<String, Replayed> objects = new HashMap<>();

  /// Which writing of each row was compared last.
  private final Map<String, String> writings = new HashMap<>();

  /// Values that occur often are kept once.
  private final Map<String, String> shared = new HashMap<>();

  private final List<String> violations = new ArrayList<>();
  private final Set<Long> replayed = new HashSet<>();
  private long settled;
  private boolean begun;

  ReplayedTable(String entity, String table) {
    this.entity = entity;
    this.table = table;
  }

  /// An object and its last revision; 0 if that was before the first look.
  private static final class Replayed {
    private final Map<String, String> values = new TreeMap<>();
    private long revision;
  }

  private record Change(
      long revision,
      String action,
      String objectId,
      long previous,
      @Nullable String before,
      @Nullable String after) {}

  /// @return what has not been found before
  List<String> follow(Evidence evidence) {
    violations.clear();
    if (begun) {
      changes(evidence).forEach(this::replay);
      compare(evidence);
    } else {
      begin(evidence);
      begun = true;
    }
    return List.copyOf(violations);
  }

  /// Takes what is stored now for the beginning.
  private void begin(Evidence evidence) {
    columns.addAll(
        evidence.rows(
            """
            SELECT column_name
            FROM information_schema.columns
            WHERE table_schema = 'tower'
              AND table_name = ?
            """,
            List.of(table),
            row -> row.getString(1)));
    columns.removeAll(GAUGES);
    changes(evidence); // are in the rows
    writings.putAll(writings(evidence));
    stored(evidence, writings.keySet())
        .forEach((id, values) -> {
          var object = new Replayed();
          object.values.putAll(values);
          objects.put(id, object);
        });
  }

  /// Changes that no look has seen before. Those above the settled revision may be followed by
  /// others with lower ones, but not of the same object.
  private List<Change> changes(Evidence evidence) {
    var found =
        evidence.rows(
            """
            SELECT revision, action, object_id, prev_revision, old_value::text, new_value::text
            FROM belfry.change
            WHERE entity = ?
              AND revision > ?
            ORDER BY revision
            """,
            List.of(entity, settled),
            row ->
                new Change(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6)));
    var news = found.stream().filter(change -> replayed.add(change.revision())).toList();
    settled = Math.max(settled, evidence.settled());
    replayed.removeIf(revision -> revision <= settled);
    return news;
  }

  // Replaying

  private void replay(Change change) {
    var object = objects.get(change.objectId());
    if (change.action().equals("CREATE")) {
      if (object != null) {
        violation(change, "is created although it was there");
      }
      object = new Replayed();
      objects.put(change.objectId(), object);
    } else if (object == null) {
      violation(change, "%s of what was not there".formatted(change.action()));
      return;
    } else if (object.revision != 0 && object.revision != change.previous()) {
      violation(change, "follows %s, not %s".formatted(change.previous(), object.revision));
    }
    beginsAsWas(change, object);
    if (change.action().equals("DELETE")) {
      objects.remove(change.objectId());
      writings.remove(change.objectId());
      return;
    }
    object.revision = change.revision();
    object.values.putAll(values(change.after()));
  }

  /// What an update names as the values before, and a deletion as all of them, are those that the
  /// changes before have left.
  private void beginsAsWas(Change change, Replayed object) {
    var before = values(change.before());
    var keys = new TreeSet<>(before.keySet());
    if (change.action().equals("DELETE")) {
      keys.addAll(object.values.keySet());
    }
    for (var key : keys) {
      var known = value(object.values, key);
      if (!known.equals(value(before, key))) {
        violation(change, "%s begins as %s and was %s".formatted(key, value(before, key), known));
      }
    }
  }

  private void violation(Change change, String what) {
    violations.add(
        "%s %s, revision %s: %s".formatted(entity, change.objectId(), change.revision(), what));
  }

  // Comparing

  private void compare(Evidence evidence) {
    var current = writings(evidence);
    var written = new HashSet<String>();
    current.forEach((id, writing) -> {
      if (!writing.equals(writings.put(id, writing))) {
        written.add(id);
      }
    });
    stored(evidence, written).forEach(this::compare);
    for (var id : objects.keySet()) {
      if (!current.containsKey(id)) {
        violations.add("%s %s: is not there, and was not deleted".formatted(entity, id));
      }
    }
  }

  private void compare(String id, Map<String, String> stored) {
    var object = objects.get(id);
    if (object == null) {
      violations.add("%s %s: is there, and was not created or was deleted".formatted(entity, id));
      return;
    }
    var keys = new TreeSet<>(stored.keySet());
    keys.addAll(object.values.keySet());
    for (var key : keys) {
      var left = value(object.values, key);
      if (!left.equals(value(stored, key))) {
        violations.add(
            "%s %s, revision %s: %s was left as %s and is %s"
                .formatted(entity, id, object.revision, key, left, value(stored, key)));
      }
    }
  }

  /// Rows, and which transaction has written each of them where.
  private Map<String, String> writings(Evidence evidence) {
    var found = new HashMap<String, String>();
    evidence.rows(
        "SELECT id, xmin::text || ctid::text FROM tower." + table,
        List.of(),
        row -> found.put(row.getString(1), row.getString(2)));
    return found;
  }

  private Map<String, Map<String, String>> stored(Evidence evidence, Set<String> ids) {
    var found = new HashMap<String, Map<String, String>>();
    evidence.rows(
        "SELECT id, to_jsonb(stored)::text FROM tower.%s AS stored WHERE id = ANY (?)"
            .formatted(table),
        List.of((Object) ids.toArray(String[]::new)),
        row -> found.put(row.getString(1), values(row.getString(2))));
    return found;
  }

  // Values

  /// The columns of a JSON object that are no gauges.
  private Map<String, String> values(@Nullable String json) {
    var values = new TreeMap<String, String>();
    if (json != null) {
      Json.parse(json)
          .fields()
          .forEach((key, value) -> {
            if (columns.contains(key)) {
              var text = value.isNull() ? NOTHING : value.toString();
              values.put(key, Objects.requireNonNullElse(shared.putIfAbsent(text, text), text));
            }
          });
    }
    return values;
  }

  private static String value(Map<String, String> values, String key) {
    return values.getOrDefault(key, NOTHING);
  }
}

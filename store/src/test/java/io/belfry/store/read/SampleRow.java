package io.belfry.store.read;

import io.belfry.schema.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a [SampleWorld], with its relations as references in both directions.
final class SampleRow {
  private final Entity entity;
  private final String id;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<SampleRow>> related = new HashMap<>();

  SampleRow(Entity entity, String id) {
    this.entity = entity;
    this.id = id;
    values.put("id", id);
  }

  Entity entity() {
    return entity;
  }

  String id() {
    return id;
  }

  @Nullable Object value(String field) {
    return values.get(field);
  }

  void set(String field, @Nullable Object value) {
    if (value != null) {
      values.put(field, value);
    }
  }

  List<SampleRow> related(String field) {
    return related.getOrDefault(field, List.of());
  }

  void relate(String field, SampleRow other) {
    related.computeIfAbsent(field, _ -> new ArrayList<>()).add(other);
  }
}

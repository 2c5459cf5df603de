package io.belfry.store.row;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to write into one row: all stored fields of a new one, or those of an existing one that
/// change. Implementations are generated, one for each entity.
public interface Edit {
  /// The entity's name.
  String entity();

  /// Values by field name; a relation's value is the related row's id, null is SQL's NULL.
  Map<String, @Nullable Object> values();
}

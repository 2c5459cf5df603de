package io.belfry.query.layout;

import io.belfry.schema.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A column of an entity's table.
///
/// @param name as in SQL, unquoted; quote it with [Layout#quoted]
/// @param field what it holds, or half of what it holds where the field is localized
/// @param references the table whose id it holds, for a relation
public record Column(String name, SqlType type, Field field, @Nullable String references) {

  public Optional<String> referencedTable() {
    return Optional.ofNullable(references);
  }
}

package io.belfry.query.layout;

import io.belfry.schema.Entity;
import io.belfry.schema.Field;
import java.util.List;

/// The table of an entity.
///
/// @param name as in SQL, without its PostgreSQL schema
/// @param columns in the order of the entity's fields
public record Table(String name, Entity entity, List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
  }

  /// The column of a stored field; for a localized one that of the English text.
  ///
  /// @throws IllegalArgumentException if the table has no column for it
  public Column column(Field field) {
    return columns.stream()
        .filter(column -> column.field().name().equals(field.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column for " + field));
  }

  /// The column of a localized field's Chinese text.
  public Column chineseColumn(Field field) {
    return columns.stream()
        .filter(column -> column.name().equals(field.name() + Layout.CHINESE_SUFFIX))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(field.name() + " is not localized"));
  }
}

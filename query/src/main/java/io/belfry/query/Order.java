package io.belfry.query;

import io.belfry.schema.Entity;
import io.belfry.schema.Field;

/// The order of a list: by one field, equal values by ascending id. Rows without a value come last
/// in ascending order and first in descending order.
public record Order(Field field, boolean descending) {

  /// By id, which is about the order of creation.
  public static Order byId(Entity entity) {
    return new Order(entity.field("id"), false);
  }
}

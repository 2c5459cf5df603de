package io.belfry.query;

import io.belfry.schema.Entity;

/// What `get-xs` and `get-xs-connection` ask for, checked.
public record ListRequest(Entity entity, Condition condition, Order order, Paging paging) {

  /// All matching rows, by id.
  public static ListRequest of(Entity entity, Condition condition) {
    return new ListRequest(entity, condition, Order.byId(entity), Paging.NONE);
  }
}

package io.belfry.query.sql;

import java.util.List;

/// A statement whose rows become objects of the API.
///
/// @param properties of each object, in wire order
public record SelectStatement(Sql sql, List<Output> properties) {
  public SelectStatement {
    properties = List.copyOf(properties);
  }
}

package io.belfry.query.sql;

import io.belfry.query.Condition;
import io.belfry.schema.Computed.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a computed field counts or sums over the rows at the end of a path.
///
/// @param summed the field to sum; null counts rows
/// @param condition which of the rows
record Aggregate(List<Step> path, @Nullable String summed, Condition condition) {
  Aggregate {
    path = List.copyOf(path);
  }
}

package io.belfry.operations;

import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.row.RowType;
import java.util.Map;

/// What a caller is told who names something that isn't there.
final class Missing {
  private Missing() {}

  /// @param parameter where in the body the id stands
  static ProblemException row(RowType<?> type, String id, String parameter) {
    return new Problem(
            ProblemCode.OBJECT_NOT_FOUND,
            "%s: there is no %s with the id %s".formatted(parameter, type.entity(), id),
            Map.of("field", parameter, "id", id, "type", type.entity()))
        .asException();
  }

  /// @param where the filter that no row fits
  static ProblemException row(RowType<?> type, Params where) {
    return new Problem(
            ProblemCode.OBJECT_NOT_FOUND,
            "%s: there is no %s with %s".formatted(where.path(), type.entity(), where.json()),
            Map.of("field", where.path(), "type", type.entity()))
        .asException();
  }
}

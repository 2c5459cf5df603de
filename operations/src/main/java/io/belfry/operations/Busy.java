package io.belfry.operations;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.EntityAsyncStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller is told who wants to change something that a task still changes.
public final class Busy {
  private Busy() {}

  /// Refuses an object that a task changes.
  ///
  /// @param type what clients know such objects as, `VM_VOLUME`
  /// @param underWay what the object shows to be under way; null if nothing is
  /// @throws io.belfry.problem.ProblemException if something is
  public static void refuse(String type, String id, @Nullable EntityAsyncStatus underWay) {
    if (underWay != null) {
      throw new Problem(
              ProblemCode.RESOURCE_LOCKED,
              "Resource [%s-%s] locked".formatted(type, id),
              Map.of("locked_resources", List.of(Map.of("id", id, "type", type))))
          .asException();
    }
  }
}

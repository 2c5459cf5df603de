package io.belfry.server.api;

import io.belfry.operations.Caller;
import io.belfry.schema.Operation;

/// Tells whether a caller may do something. Thread-safe.
@FunctionalInterface
public interface Authorization {
  /// @throws io.belfry.problem.ProblemException `FORBIDDEN` if the caller may not call this
  void require(Caller caller, Operation operation);
}

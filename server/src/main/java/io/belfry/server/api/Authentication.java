package io.belfry.server.api;

import io.belfry.operations.Caller;
import io.belfry.server.http.Request;

/// Tells who sends a request. Thread-safe.
@FunctionalInterface
public interface Authentication {
  /// @throws io.belfry.problem.ProblemException `UNAUTHENTICATED` if the request doesn't prove it
  Caller caller(Request request);
}

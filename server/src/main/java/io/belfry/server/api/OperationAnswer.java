package io.belfry.server.api;

import io.belfry.server.http.Answer;

/// Does what one operation, or one kind of them, does. Thread-safe.
@FunctionalInterface
public interface OperationAnswer {
  /// @throws io.belfry.problem.ProblemException what the caller is told instead of an answer
  Answer answer(Call call);
}

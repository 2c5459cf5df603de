package io.belfry.postgres;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;

/// How this package says that there is no database, and why.
final class Unavailable {
  private Unavailable() {}

  static ProblemException because(String message) {
    return new Problem(ProblemCode.DATABASE_UNAVAILABLE, message).asException();
  }

  static ProblemException because(String message, Throwable cause) {
    return new ProblemException(new Problem(ProblemCode.DATABASE_UNAVAILABLE, message), cause);
  }
}

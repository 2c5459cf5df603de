package io.belfry.problem;

/// A request is refused, or the world outside is down; [ProblemCode.Category] tells which.
/// Everything else that is thrown is a bug.
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  public ProblemException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}

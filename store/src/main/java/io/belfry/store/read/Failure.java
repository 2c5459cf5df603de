package io.belfry.store.read;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/// What the caller is told when PostgreSQL doesn't answer a query.
final class Failure {
  private static final String CANCELLED = "57014";
  private static final Set<String> FULL = Set.of("53100", "53200");

  private Failure() {}

  static RuntimeException of(SQLException cause, ReadSettings settings) {
    var state = cause.getSQLState() == null ? "" : cause.getSQLState();
    if (state.equals(CANCELLED)) {
      return problem(
          ProblemCode.QUERY_TOO_SLOW,
          String.format(
              Locale.ROOT,
              "The query took longer than %.1f s and was stopped. Narrow it down with where, or ask"
                  + " for a part with first and after.",
              settings.timeLimit().toMillis() / 1000.0),
          cause);
    }
    if (FULL.contains(state)) {
      return problem(
          ProblemCode.STORAGE_FULL,
          "The database has no space left to answer the query. Free space, or ask for a part with"
              + " first and after.",
          cause);
    }
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P0")) {
      return problem(
          ProblemCode.DATABASE_UNAVAILABLE,
          "The database can't be reached. Try again in a moment.",
          cause);
    }
    return new IllegalStateException("PostgreSQL refused a query: " + cause.getMessage(), cause);
  }

  private static ProblemException problem(ProblemCode code, String message, SQLException cause) {
    return new ProblemException(new Problem(code, message), cause);
  }
}

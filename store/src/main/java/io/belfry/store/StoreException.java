package io.belfry.store;

import java.sql.SQLException;

/// PostgreSQL refused a statement, or went away. Leaves this module only as a
/// [io.belfry.problem.ProblemException] or, if it is a mistake of ours, as the bug that it is.
final class StoreException extends RuntimeException {
  private final String sqlState;

  StoreException(SQLException cause) {
    super(cause.getMessage(), cause);
    this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /// PostgreSQL's five-letter code, empty if there is none.
  String sqlState() {
    return sqlState;
  }

  /// Class 08 and the 57P0x of a server that shuts down.
  boolean isConnectionFailure() {
    return sqlState.isEmpty() || sqlState.startsWith("08") || sqlState.startsWith("57P0");
  }
}

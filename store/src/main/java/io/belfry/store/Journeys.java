package io.belfry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes a transaction's statements to the database. Those that can wait go together with the next
/// one: a journey costs as much as a small statement.
final class Journeys {
  private final Connection connection;
  private final List<String> waiting = new ArrayList<>();
  private final List<@Nullable Object> parametersOfWaiting = new ArrayList<>();
  private boolean changed;

  Journeys(Connection connection) {
    this.connection = connection;
  }

  /// Whether a statement has changed rows, of those that return none.
  boolean haveChanged() {
    return changed;
  }

  /// Keeps a statement until the next one goes.
  ///
  /// @param sql one statement
  void soon(String sql, List<?> parameters) {
    waiting.add(sql);
    parametersOfWaiting.addAll(parameters);
  }

  /// Sends what waits.
  void settle() {
    if (!waiting.isEmpty()) {
      run(waiting.removeLast(), List.of());
    }
  }

  /// Runs a statement, or several with semicolons between them.
  ///
  /// @return how many rows these have changed, all together
  int run(String sql, List<?> parameters) {
    try (var statement = prepare(sql, parameters)) {
      execute(statement);
      var rows = 0;
      for (var more = true; more; more = next(statement)) {
        rows += Math.max(0, statement.getUpdateCount());
      }
      changed |= rows > 0;
      return rows;
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// Runs a query and maps each row.
  <T> List<T> select(String sql, List<?> parameters, Function<ResultRow, T> mapper) {
    try (var statement = prepare(sql, parameters)) {
      execute(statement);
      try (var results = statement.getResultSet()) {
        var mapped = new ArrayList<T>();
        while (results.next()) {
          mapped.add(mapper.apply(new ResultRow(results)));
        }
        return mapped;
      }
    } catch (SQLException e) {
      throw new StoreException(e);
    }
  }

  /// Everything that waits, and the statement.
  private PreparedStatement prepare(String sql, List<?> parameters) throws SQLException {
    var all = new ArrayList<>(parametersOfWaiting);
    all.addAll(parameters);
    var statement =
        connection.prepareStatement(
            waiting.isEmpty() ? sql : String.join(";\n", waiting) + ";\n" + sql);
    for (var i = 0; i < all.size(); i++) {
      Parameters.set(connection, statement, i + 1, all.get(i));
    }
    return statement;
  }

  /// Then what the statement has to tell comes next.
  private void execute(PreparedStatement statement) throws SQLException {
    var before = waiting.size();
    waiting.clear();
    parametersOfWaiting.clear();
    statement.execute();
    for (var i = 0; i < before; i++) {
      changed |= statement.getUpdateCount() > 0;
      next(statement);
    }
  }

  /// Whether there is more.
  private static boolean next(PreparedStatement statement) throws SQLException {
    return statement.getMoreResults() || statement.getUpdateCount() >= 0;
  }
}

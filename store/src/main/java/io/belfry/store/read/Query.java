package io.belfry.store.read;

import io.belfry.query.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import javax.sql.DataSource;

/// A query that runs: its connection and its rows, which arrive in portions.
final class Query implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet results;

  private Query(Connection connection, PreparedStatement statement, ResultSet results) {
    this.connection = connection;
    this.statement = statement;
    this.results = results;
  }

  /// Takes a connection, runs the query and waits for the first rows.
  static Query run(DataSource database, Sql sql, ReadSettings settings) throws SQLException {
    var connection = database.getConnection();
    try {
      connection.setAutoCommit(false);
      prepareTransaction(connection, settings);
      var statement = connection.prepareStatement(sql.text());
      statement.setFetchSize(settings.fetchSize());
      bind(connection, statement, sql);
      return new Query(connection, statement, statement.executeQuery());
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  ResultSet results() {
    return results;
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        statement;
        results) {
      connection.rollback();
    }
  }

  /// Plans are made for the values at hand, as a pattern's selectivity is all that matters, and are
  /// interpreted: compiling takes longer than most queries.
  private static void prepareTransaction(Connection connection, ReadSettings settings)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          SET TRANSACTION READ ONLY;
          SET LOCAL statement_timeout = %d;
          SET LOCAL plan_cache_mode = force_custom_plan;
          SET LOCAL jit = off
          """
              .formatted(settings.timeLimit().toMillis()));
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, Sql sql)
      throws SQLException {
    var index = 1;
    for (var parameter : sql.parameters()) {
      switch (parameter) {
        case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        case Collection<?> texts ->
            statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
        default -> statement.setObject(index, parameter);
      }
      index++;
    }
  }
}

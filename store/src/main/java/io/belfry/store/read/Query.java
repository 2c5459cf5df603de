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

/// A query that runs: its rows, which arrive in portions, and what its end gives back.
final class Query implements AutoCloseable {
  private final PreparedStatement statement;
  private final ResultSet results;
  private final Release release;

  private Query(PreparedStatement statement, ResultSet results, Release release) {
    this.statement = statement;
    this.results = results;
    this.release = release;
  }

  /// What is to be done with the connection when the query has ended.
  private interface Release extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /// Takes a connection, runs the query and waits for the first rows.
  static Query run(DataSource database, Sql sql, ReadSettings settings) throws SQLException {
    var connection = database.getConnection();
    try {
      connection.setAutoCommit(false);
      prepareTransaction(connection, settings);
      return start(
          connection,
          sql,
          settings,
          () -> {
            try (connection) {
              connection.rollback();
            }
          });
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// Runs the query in a transaction that goes on afterwards, and sees what that has written.
  static Query within(Connection connection, Sql sql, ReadSettings settings) throws SQLException {
    return start(connection, sql, settings, () -> {});
  }

  private static Query start(Connection connection, Sql sql, ReadSettings settings, Release release)
      throws SQLException {
    var statement = connection.prepareStatement(sql.text());
    statement.setFetchSize(settings.fetchSize());
    bind(connection, statement, sql);
    return new Query(statement, statement.executeQuery(), release);
  }

  ResultSet results() {
    return results;
  }

  @Override
  public void close() throws SQLException {
    try (release;
        statement;
        results) {
      // given back in turn, the last first
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
          SET LOCAL statement_timeout = %s;
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

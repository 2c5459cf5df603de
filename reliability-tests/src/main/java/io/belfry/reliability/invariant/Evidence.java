package io.belfry.reliability.invariant;

import io.belfry.sdk.ApiClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What invariants read.
///
/// @param rows a connection to the database in one read-only snapshot: all that is read through it
///   was true at the same instant
/// @param client asks the server as its users do
/// @param settled the revision up to which nothing will be added to the log any more
public record Evidence(Connection rows, ApiClient client, long settled) {

  /// Takes the snapshot.
  ///
  /// @param rows with no transaction open
  public static Evidence take(Connection rows, ApiClient client) throws SQLException {
    rows.setAutoCommit(true);
    // in a transaction of its own: the next one's snapshot has all of it
    var settled = settled(rows);
    rows.setAutoCommit(false);
    rows.setReadOnly(true);
    rows.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return new Evidence(rows, client, settled);
  }

  private static long settled(Connection rows) throws SQLException {
    try (var statement = rows.createStatement();
        var found = statement.executeQuery("SELECT belfry.stable_revision()")) {
      found.next();
      return found.getLong(1);
    }
  }

  /// The first column of all rows that a query finds.
  List<String> texts(String sql) {
    return rows(sql, List.of(), row -> row.getString(1));
  }

  /// All rows that a query finds.
  ///
  /// @param parameters one for each `?`
  <T> List<T> rows(String sql, List<?> parameters, RowReader<T> reader) {
    try (var statement = rows.prepareStatement(sql)) {
      for (var i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      try (var found = statement.executeQuery()) {
        var read = new ArrayList<T>();
        while (found.next()) {
          read.add(reader.read(found));
        }
        return read;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database can't be asked: " + sql, e);
    }
  }

  /// Reads the row that a result stands at.
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}

package io.belfry.reliability.invariant;

import io.belfry.sdk.ApiClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What invariants read.
///
/// @param rows a connection to the database in one read-only snapshot: all that is read through it
///   was true at the same instant
/// @param client asks the server as its users do
public record Evidence(Connection rows, ApiClient client) {

  /// The first column of all rows that a query finds.
  List<String> texts(String sql) {
    try (var statement = rows.createStatement();
        var found = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException("the database can't be asked: " + sql, e);
    }
  }
}

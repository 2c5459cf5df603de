package io.belfry.query.sql;

import io.belfry.query.layout.Layout;
import io.belfry.query.layout.Table;
import io.belfry.schema.Entity;

/// Rows of a table in a statement, under an alias.
///
/// @param id the expression of their id
record Source(Table table, String alias, String id) {

  Source(Table table, String alias) {
    this(table, alias, column(alias, "id"));
  }

  Entity entity() {
    return table.entity();
  }

  /// As in a `FROM` clause.
  String declaration() {
    return Layout.qualified(table.name()) + " " + alias;
  }

  String column(String name) {
    return column(alias, name);
  }

  private static String column(String alias, String name) {
    return alias + "." + Layout.quoted(name);
  }
}

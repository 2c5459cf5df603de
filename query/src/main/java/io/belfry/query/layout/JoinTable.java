package io.belfry.query.layout;

/// The table of a many-to-many relation, a row for each pair, its key both columns.
///
/// @param name as in SQL, without its PostgreSQL schema
/// @param from the table that [#FROM] refers to
/// @param to the table that [#TO] refers to
public record JoinTable(String name, Table from, Table to) {
  public static final String FROM = "from_id";
  public static final String TO = "to_id";
}

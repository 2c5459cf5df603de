package io.belfry.datacenter;

import io.belfry.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Tells tables that have had rows from those that never had any, by the space they take, without
/// looking into them.
final class FilledTables {
  private FilledTables() {}

  /// Those that have had rows, the caller's included.
  ///
  /// @param tables their names for SQL, with their PostgreSQL schemas
  static Set<String> among(Collection<String> tables, Transaction transaction) {
    return Set.copyOf(
        transaction.query(
            """
            SELECT name
            FROM unnest(?::text[]) AS name
            WHERE pg_relation_size(name::regclass) > 0
            """,
            List.of(tables),
            row -> row.text(1)));
  }
}

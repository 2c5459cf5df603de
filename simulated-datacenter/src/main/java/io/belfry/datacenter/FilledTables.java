package io.belfry.datacenter;

import io.belfry.store.Transaction;
import java.util.List;
import java.util.Set;

/// Tells tables that have had rows from those that never had any, by the space they take, without
/// looking into them.
final class FilledTables {
  private FilledTables() {}

  /// The names of all tables in a schema of PostgreSQL that have had rows, the caller's included.
  static Set<String> of(Transaction transaction, String namespace) {
    return Set.copyOf(
        transaction.query(
            """
            SELECT relname
            FROM pg_class
            WHERE relnamespace = to_regnamespace(?)
              AND relkind = 'r'
              AND pg_relation_size(oid) > 0
            """,
            List.of(namespace),
            row -> row.text(1)));
  }
}

package io.belfry.datacenter;

import io.belfry.store.Transaction;
import java.util.List;

/// Rows of a table that differ from the copy in the same way; some of them may not, when that is
/// cheaper than to look.
///
/// @param keys the first keys of rows
record SeedDifference(Kind kind, SeedTable table, List<String> keys) {
  /// How rows differ, in the order in which this is undone: when rows go that are not in the copy,
  /// nothing that stays refers to them any more.
  enum Kind {
    /// In both, and their gauges are not the same.
    MEASURED,

    /// In both, and not the same.
    CHANGED,

    /// In the copy only.
    MISSING,

    /// Not in the copy.
    EXTRA
  }

  /// Makes the rows as they are in the copy.
  ///
  /// @return how many were not
  int undo(Transaction transaction) {
    return switch (kind) {
      case MEASURED -> transaction.measure(table.measureBack(), List.of(keys));
      case CHANGED -> transaction.execute(table.changeBack(), List.of(keys));
      case MISSING -> transaction.execute(table.bringBack(), List.of(keys));
      case EXTRA -> transaction.execute(table.remove(), List.of(keys));
    };
  }
}

package io.belfry.datacenter;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.belfry.store.Transaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Rows of a table that differ from the copy in the same way; some of them may not, when that is
/// cheaper than to look.
///
/// @param keys the first keys of rows
record SeedDifference(Kind kind, SeedTable table, List<String> keys) {
  private static final Comparator<SeedDifference> ORDER =
      comparing(SeedDifference::kind).thenComparing(difference -> difference.table().name());

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

  /// Makes rows as they are in the copy, in one journey to the database. What differs in the same
  /// ways makes the same statements, so PostgreSQL plans them once.
  ///
  /// @return how many were not
  static int undo(Collection<SeedDifference> differences, Transaction transaction) {
    if (differences.isEmpty()) {
      return 0;
    }
    var ordered = differences.stream().sorted(ORDER).toList();
    return transaction.execute(
        ordered.stream().map(SeedDifference::statement).collect(joining(";\n")),
        ordered.stream().map(SeedDifference::keys).toList());
  }

  private String statement() {
    return switch (kind) {
      case MEASURED -> table.measureBack();
      case CHANGED -> table.changeBack();
      case MISSING -> table.bringBack();
      case EXTRA -> table.remove();
    };
  }
}

package io.belfry.datacenter;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.belfry.store.Transaction;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    var ordered = withoutRepetition(differences).sorted(ORDER).toList();
    return transaction.execute(
        ordered.stream().map(SeedDifference::statement).collect(joining(";\n")),
        ordered.stream().map(SeedDifference::keys).toList());
  }

  /// Who is changed back gets its gauges back too.
  private static Stream<SeedDifference> withoutRepetition(Collection<SeedDifference> differences) {
    var changed =
        differences.stream()
            .filter(difference -> difference.kind() == Kind.CHANGED)
            .collect(toMap(SeedDifference::table, difference -> Set.copyOf(difference.keys())));
    return differences.stream()
        .map(difference ->
            difference.kind() == Kind.MEASURED
                ? difference.without(changed.getOrDefault(difference.table(), Set.of()))
                : difference)
        .filter(difference -> !difference.keys().isEmpty());
  }

  private SeedDifference without(Set<String> some) {
    return new SeedDifference(
        kind, table, keys.stream().filter(key -> !some.contains(key)).toList());
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

package io.belfry.query.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rows that a relation, or several in a row, lead to from a row outside.
///
/// @param tables what to select from
/// @param predicates how the tables and the row outside belong together
/// @param target the rows at the end
record RelatedRows(List<String> tables, List<String> predicates, Source target) {
  RelatedRows {
    tables = List.copyOf(tables);
    predicates = List.copyOf(predicates);
  }

  /// These rows, and from them on to others.
  RelatedRows then(RelatedRows next) {
    return new RelatedRows(
        Stream.concat(tables.stream(), next.tables.stream()).toList(),
        Stream.concat(predicates.stream(), next.predicates.stream()).toList(),
        next.target);
  }

  /// `a, b`; joins from [#target] may follow.
  String from() {
    return String.join(", ", tables);
  }

  String where() {
    return predicates.stream().collect(Collectors.joining(" AND "));
  }
}

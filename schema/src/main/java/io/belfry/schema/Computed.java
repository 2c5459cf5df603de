package io.belfry.schema;

import java.util.List;

/// How a field that is not stored gets its value. Computed at reading, such a field is always equal
/// to a recount and costs no write.
public sealed interface Computed {

  /// The number of related rows that match.
  ///
  /// @param relation a to-many field of the same entity, or a path `hosts.disks` over several
  /// @param where the matching ones, in the API's own filter language; `{}` is all
  record Count(List<String> relation, String where) implements Computed {
    public Count {
      relation = List.copyOf(relation);
    }
  }

  /// The sum of a number field over related rows that match; 0 where there are none.
  ///
  /// @param relation as in [Count]
  /// @param field a stored or computed number of the related entity
  /// @param where as in [Count]
  record Sum(List<String> relation, String field, String where) implements Computed {
    public Sum {
      relation = List.copyOf(relation);
    }
  }

  /// A sum of fields of the same entity, each with its sign; an absent field counts as 0.
  ///
  /// @param terms field names, those to subtract with a leading `-`
  record Formula(List<String> terms) implements Computed {
    public Formula {
      terms = List.copyOf(terms);
    }
  }
}

package io.belfry.schema;

import java.util.Arrays;
import java.util.List;

/// How a field that is not stored gets its value. Computed at reading, such a field is always equal
/// to a recount and costs no write.
public sealed interface Computed {

  /// The number of related rows that match.
  ///
  /// @param path the way from the row to the related ones
  /// @param where the matching ones, in the API's own filter language; `{}` is all
  record Count(List<Step> path, String where) implements Computed {
    public Count {
      path = List.copyOf(path);
    }
  }

  /// Whether any related row matches.
  ///
  /// @param path as in [Count]
  /// @param where as in [Count]
  record Exists(List<Step> path, String where) implements Computed {
    public Exists {
      path = List.copyOf(path);
    }
  }

  /// The sum of a number field over related rows that match; 0 where there are none.
  ///
  /// @param path as in [Count]
  /// @param field a stored or computed number of the related entity
  /// @param where as in [Count]
  record Sum(List<Step> path, String field, String where) implements Computed {
    public Sum {
      path = List.copyOf(path);
    }
  }

  /// A sum of fields of the same row, stored or computed; an absent value counts as 0.
  ///
  /// @param terms field names, those to subtract with a leading `-`
  record Formula(List<String> terms) implements Computed {
    public Formula {
      terms = List.copyOf(terms);
    }
  }

  /// One step of a path from rows to related rows. At the end of a path each row counts once for
  /// each way that leads to it.
  sealed interface Step {
    /// Along a relation of the entity where the step starts, to one or to many.
    record Along(String field) implements Step {}

    /// To the rows of `entity` whose to-one relation `field` leads here: `VmVolume:cluster`.
    record Back(String entity, String field) implements Step {}

    /// Reads `hosts.disks` or `VmVolume:cluster`.
    static List<Step> path(String text) {
      return Arrays.stream(text.split("\\.")).map(Step::step).toList();
    }

    private static Step step(String text) {
      var colon = text.indexOf(':');
      return colon < 0
          ? new Along(text)
          : new Back(text.substring(0, colon), text.substring(colon + 1));
    }
  }
}

package io.belfry.operations.label;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.LabelRow;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key and the value of a label. Two labels never have the same ones, and an empty value is the
/// same as none: nobody could tell two such labels apart.
record Pair(String key, @Nullable String value) {

  static Pair of(LabelRow label) {
    return new Pair(label.key(), label.value());
  }

  /// Lets no other decision give labels these pairs before this one is committed. To be called
  /// once, for all pairs.
  static void reserve(Decision decision, Collection<Pair> pairs) {
    decision.transaction().exclude(pairs.stream().map(pair -> "label " + pair.text()).toList());
  }

  /// Refuses to give this pair, which was reserved, to a label if another has it.
  ///
  /// @param id the label that gets it
  /// @param params where the request asks for it
  void requireFree(Decision decision, String id, Params params) {
    var others =
        decision
            .transaction()
            .rows(
                LabelRow.TYPE,
                "WHERE key = ? AND coalesce(value, '') = ? AND id <> ? LIMIT 1",
                List.of(key, value == null ? "" : value, id));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "key",
          "%s: there is a label %s already".formatted(params.path(), text()));
    }
  }

  /// As people write it, `stage:test`.
  String text() {
    return value == null || value.isEmpty() ? key : key + ":" + value;
  }
}

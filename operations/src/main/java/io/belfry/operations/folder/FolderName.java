package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmFolderRow;
import java.util.Collection;
import java.util.List;

/// The name of a folder, which no other folder of its cluster has.
record FolderName(String clusterId, String name) {

  /// Lets no other decision give folders these names before this one is committed. To be called
  /// once, for all names.
  static void reserve(Decision decision, Collection<FolderName> names) {
    decision
        .transaction()
        .exclude(
            names.stream()
                .map(name -> "vm folder %s %s".formatted(name.clusterId(), name.name()))
                .toList());
  }

  /// Refuses to give this name, which was reserved, to a folder if another has it.
  ///
  /// @param id the folder that gets it
  /// @param params where the request asks for it
  void requireFree(Decision decision, String id, Params params) {
    var others =
        decision
            .transaction()
            .rows(
                VmFolderRow.TYPE,
                "WHERE cluster_id = ? AND name = ? AND id <> ? LIMIT 1",
                List.of(clusterId, name, id));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "name",
          "%s.name: the cluster has a folder %s already".formatted(params.path(), name));
    }
  }
}

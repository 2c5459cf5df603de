package io.belfry.operations.placement;

import io.belfry.store.Transaction;
import io.belfry.store.rows.VmPlacementGroupRow;
import java.util.List;

/// Names of placement groups, of which a cluster has each once.
final class GroupNames {
  /// What clients look for in the message of a task.
  static final String DUPLICATE = "PLACEMENT_GROUP_DUPLICATE_NAME";

  private GroupNames() {}

  /// Whether no other group of the cluster has the name; one that is being created has none yet.
  /// Nobody else gets it before the transaction ends.
  static boolean isFree(Transaction transaction, VmPlacementGroupRow group, String name) {
    transaction.exclude(List.of("placement group %s %s".formatted(group.clusterId(), name)));
    return transaction
        .rows(
            VmPlacementGroupRow.TYPE,
            """
            WHERE cluster_id = ? AND name = ? AND id <> ?
              AND "entityAsyncStatus" IS DISTINCT FROM 'CREATING'
            LIMIT 1
            """,
            List.of(group.clusterId(), name, group.id()))
        .isEmpty();
  }

  static String taken(String name) {
    return "the cluster has a placement group with the name %s already".formatted(name);
  }
}

package io.belfry.operations.vm;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import java.util.List;

/// Names of VMs: each only once in a cluster. VMs in the recycle bin don't count: they are renamed.
final class VmNames {
  private VmNames() {}

  /// Refuses a request that renames VMs to a name that is taken, or several of one cluster to the
  /// same.
  static void refuseIfTaken(Decision decision, List<VmChange.Target> targets, Params data) {
    data.optionalText("name")
        .ifPresent(name -> {
          for (var target : targets) {
            var vm = target.vm();
            var taken =
                targets.size() > 1
                    || isTaken(decision.transaction(), VmRules.cluster(vm), name, vm.id());
            if (taken) {
              throw duplicate(data, name);
            }
          }
        });
  }

  /// Refuses a name for a new VM that is taken, and keeps others from taking it before the end of
  /// the transaction.
  static void refuseIfTaken(Decision decision, String clusterId, Params params) {
    var name = params.text("name");
    if (isTaken(decision.transaction(), clusterId, name, "")) {
      throw duplicate(params, name);
    }
  }

  /// Whether a cluster has no VM with this name; keeps others from taking it before the end of the
  /// transaction.
  static boolean isFree(Transaction transaction, String clusterId, String name) {
    return !isTaken(transaction, clusterId, name, "");
  }

  private static boolean isTaken(
      Transaction transaction, String clusterId, String name, String exceptId) {
    transaction.query(
        "SELECT pg_advisory_xact_lock(hashtextextended('vm name ' || ? || ' ' || ?, 0))::text",
        List.of(clusterId, name),
        _ -> "");
    return !transaction
        .query(
            """
            SELECT id
            FROM tower.vm
            WHERE name = ?
              AND cluster_id = ?
              AND NOT in_recycle_bin
              AND id <> ?
            LIMIT 1
            """,
            List.of(name, clusterId, exceptId),
            row -> row.text(1))
        .isEmpty();
  }

  private static RuntimeException duplicate(Params params, String name) {
    return params.refused(
        ProblemCode.DUPLICATE,
        "name",
        "VM_DUPLICATE: the cluster has a VM named %s already".formatted(name));
  }
}

package io.belfry.operations.vm;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import java.util.HashSet;
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

  /// Refuses a name for a new VM that is taken, or that two of them shall get, and keeps others
  /// from taking one before the end of the transaction.
  ///
  /// @param vms each with its `cluster_id` and `name`
  static void refuseIfTaken(Decision decision, List<Params> vms) {
    record Name(String clusterId, String name) {
      static Name of(Params vm) {
        return new Name(vm.text("cluster_id"), vm.text("name"));
      }
    }
    var transaction = decision.transaction();
    var names = vms.stream().map(Name::of).toList();
    transaction.exclude(names.stream().map(one -> thing(one.clusterId, one.name)).toList());
    var taken =
        new HashSet<>(
            transaction.query(
                """
                SELECT given.cluster_id, given.name
                FROM unnest(?::text[], ?::text[]) AS given (cluster_id, name)
                WHERE EXISTS (
                  SELECT
                  FROM tower.vm
                  WHERE vm.name = given.name
                    AND vm.cluster_id = given.cluster_id
                    AND NOT vm.in_recycle_bin)
                """,
                List.of(
                    names.stream().map(Name::clusterId).toList(),
                    names.stream().map(Name::name).toList()),
                row -> new Name(row.text(1), row.text(2))));
    for (var vm : vms) {
      if (!taken.add(Name.of(vm))) {
        throw duplicate(vm, vm.text("name"));
      }
    }
  }

  /// Whether a cluster has no VM with this name; keeps others from taking it before the end of the
  /// transaction.
  static boolean isFree(Transaction transaction, String clusterId, String name) {
    return !isTaken(transaction, clusterId, name, "");
  }

  private static boolean isTaken(
      Transaction transaction, String clusterId, String name, String exceptId) {
    transaction.exclude(List.of(thing(clusterId, name)));
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

  /// What transactions exclude each other from.
  private static String thing(String clusterId, String name) {
    return "vm name %s %s".formatted(clusterId, name);
  }

  private static RuntimeException duplicate(Params params, String name) {
    return params.refused(
        ProblemCode.DUPLICATE,
        "name",
        "VM_DUPLICATE: the cluster has a VM named %s already".formatted(name));
  }
}

package io.belfry.operations.placement;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.RowType;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmPlacementGroupEdit;
import io.belfry.store.rows.VmPlacementGroupRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVmPolicy;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a request says of a placement group: of its rules, its VMs and its hosts.
final class GroupEdit {
  private final Decision decision;
  private final Params params;

  GroupEdit(Decision decision, Params params) {
    this.decision = decision;
    this.params = params;
  }

  /// Writes what is said of the rules.
  VmPlacementGroupEdit rules(VmPlacementGroupEdit edit) {
    params.optionalText("description").ifPresent(edit::description);
    params.optionalFlag("enabled").ifPresent(edit::enabled);
    params.optionalText("vm_vm_policy").map(VmVmPolicy::of).ifPresent(edit::vmVmPolicy);
    params.optionalFlag("vm_vm_policy_enabled").ifPresent(edit::vmVmPolicyEnabled);
    params.optionalFlag("vm_host_must_enabled").ifPresent(edit::vmHostMustEnabled);
    params.optionalFlag("vm_host_must_policy").ifPresent(edit::vmHostMustPolicy);
    params.optionalFlag("vm_host_prefer_enabled").ifPresent(edit::vmHostPreferEnabled);
    params.optionalFlag("vm_host_prefer_policy").ifPresent(edit::vmHostPreferPolicy);
    return edit.localUpdatedAt(decision.tools().clock().instant());
  }

  /// Makes the VMs and hosts that are said the only ones.
  ///
  /// @param id of a group whose row is written
  void members(String id, String clusterId) {
    replace(id, clusterId, "vms", "vms", VmRow.TYPE, VmRow::clusterId);
    replace(
        id, clusterId, "must_hosts", "vm_host_must_host_uuids", HostRow.TYPE, HostRow::clusterId);
    replace(
        id,
        clusterId,
        "prefer_hosts",
        "vm_host_prefer_host_uuids",
        HostRow.TYPE,
        HostRow::clusterId);
  }

  private <R> void replace(
      String id,
      String clusterId,
      String key,
      String relation,
      RowType<R> type,
      Function<R, @Nullable String> cluster) {
    params
        .optionalObject(key)
        .map(where -> decision.holdIds(type, where))
        .ifPresent(ids -> {
          requireInCluster(decision.transaction().find(type, ids), clusterId, key, cluster);
          decision.transaction().relink(VmPlacementGroupRow.TYPE, relation, id, ids);
        });
  }

  private <R> void requireInCluster(
      List<R> members, String clusterId, String key, Function<R, @Nullable String> cluster) {
    if (!members.stream().allMatch(member -> clusterId.equals(cluster.apply(member)))) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          key,
          "%s.%s selects some of another cluster than the group's".formatted(params.path(), key));
    }
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `remove-vm-nic-by-where`: takes the NICs that a filter selects out of the VMs that have them, or
/// of those that the request names. Those behind them move up.
final class RemoveVmNicByWhere implements VmChange {
  @Override
  public String path() {
    return "remove-vm-nic-by-where";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public List<VmRow> vms(Decision decision) {
    refuseEveryNic(decision.body());
    var vms = nics(decision).stream().map(VmNicRow::vmId).distinct().toList();
    return decision.transaction().lock(VmRow.TYPE, vms);
  }

  /// A filter that was forgotten must not take all VMs off their networks.
  private static void refuseEveryNic(Params body) {
    if (body.object("where").json().isEmpty() && body.object("effect").texts("vm_ids").isEmpty()) {
      throw body.object("effect")
          .refused(
              ProblemCode.MISSING_FIELD,
              "vm_ids",
              "body.effect.vm_ids is required, as body.where selects every NIC");
    }
  }

  private static List<VmNicRow> nics(Decision decision) {
    var named = decision.body().object("effect").texts("vm_ids");
    var ids = decision.ids(VmNicRow.TYPE, decision.body().object("where"));
    return decision.transaction().find(VmNicRow.TYPE, ids).stream()
        .filter(nic -> named.isEmpty() || named.contains(nic.vmId()))
        .toList();
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s NIC".formatted(vm.name()), "编辑虚拟机 %s 的网卡".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    var nics = nics(decision);
    return targets.stream()
        .map(target ->
            NicRemoval.payload(
                nics.stream().filter(nic -> nic.vmId().equals(target.vm().id())).toList()))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return NicRemoval.act(task);
  }
}

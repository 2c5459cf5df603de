package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `update-vm-nic-advance-info`: changes network, cable, mirroring or address of the NICs that a
/// filter selects, in the VMs that have them.
final class UpdateVmNicAdvanceInfo implements VmChange {
  @Override
  public String path() {
    return "update-vm-nic-advance-info";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public List<VmRow> vms(Decision decision) {
    var vms = nics(decision).stream().map(VmNicRow::vmId).distinct().toList();
    return decision.transaction().lock(VmRow.TYPE, vms);
  }

  private static List<VmNicRow> nics(Decision decision) {
    var where = decision.body().object("where");
    return decision.transaction().find(VmNicRow.TYPE, decision.ids(VmNicRow.TYPE, where));
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
    NewNics.refuseUnbuilt(data, "nic_id");
    var networks = new Networks(decision);
    var nics = nics(decision);
    return targets.stream().map(target -> prepare(networks, target.vm(), nics, data)).toList();
  }

  private static ObjectNode prepare(Networks networks, VmRow vm, List<VmNicRow> nics, Params data) {
    var own = nics.stream().filter(nic -> nic.vmId().equals(vm.id())).toList();
    return NicUpdate.payload(networks, vm, own, data);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return NicUpdate.act(task);
  }
}

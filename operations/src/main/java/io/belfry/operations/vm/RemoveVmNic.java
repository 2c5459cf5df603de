package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `remove-vm-nic`: takes NICs out of VMs; those behind them move up. Guide: 移除网卡.
final class RemoveVmNic implements VmChange {
  @Override
  public String path() {
    return "remove-vm-nic";
  }

  @Override
  public String mutation() {
    return "updateVm";
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
    return targets.stream().map(target -> prepare(decision, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, VmRow vm, Params data) {
    var nics = new Definitions(decision.transaction()).nics(vm.id());
    var removed =
        data.ints("nic_index").stream()
            .distinct()
            .map(index -> NicIndexes.nic(nics, index, data, vm))
            .toList();
    return NicRemoval.payload(removed);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return NicRemoval.act(task);
  }
}

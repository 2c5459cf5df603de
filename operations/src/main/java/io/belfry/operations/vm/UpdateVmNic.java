package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `update-vm-nic`: changes network, cable, mirroring, model or address of a NIC. Guide: 编辑网卡.
final class UpdateVmNic implements VmChange {
  private static final List<String> NOT_BUILT =
      List.of("nic_id", "vpc_nic", "ip_address", "gateway", "subnet_mask");

  @Override
  public String path() {
    return "update-vm-nic";
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
    NOT_BUILT.forEach(key -> NewNics.refuseUnbuilt(data, key));
    var networks = new Networks(decision);
    return targets.stream().map(target -> prepare(decision, networks, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, Networks networks, VmRow vm, Params data) {
    var nics = new Definitions(decision.transaction()).nics(vm.id());
    var nic = NicIndexes.nic(nics, data.intValue("nic_index"), data, vm);
    return NicUpdate.payload(networks, vm, List.of(nic), data);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return NicUpdate.act(task);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `add-vm-disk`: gives VMs disks, with new volumes or existing ones. Guide: 虚拟卷操作.
final class AddVmDisk implements VmChange {
  /// Limits of the whole VM; those of each disk stand with the disk.
  private static final List<String> LIMITS =
      List.of("io_policy", "max_iops", "max_iops_policy", "max_bandwidth", "max_bandwidth_policy");

  @Override
  public String path() {
    return "add-vm-disk";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s disk".formatted(vm.name()), "编辑虚拟机 %s 的虚拟盘".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    LIMITS.forEach(key -> NewNics.refuseUnbuilt(data, key));
    var volumes = new Volumes(decision);
    return targets.stream()
        .map(target ->
            DiskAddition.prepare(
                decision, volumes, target.vm(), disks -> disks.add(data.object("vm_disks"))))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return DiskAddition.act(task);
  }

  @Override
  public void undo(VmTask task) throws InterruptedException {
    DiskAddition.undo(task);
  }

  @Override
  public void rollBack(Transaction transaction, VmTask task) {
    DiskAddition.rollBack(transaction, task);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `remove-vm-disk`: takes disks out of VMs; their volumes stay, unmounted. CD drives are taken out
/// too, as clients ask for it. Guide: 卸载虚拟盘.
final class RemoveVmDisk implements VmChange {
  @Override
  public String path() {
    return "remove-vm-disk";
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
    return DiskRemoval.prepare(decision, targets, data, "disk_ids", _ -> true);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return DiskRemoval.act(task);
  }
}

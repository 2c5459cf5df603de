package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `remove-vm-cd-rom`: takes CD drives out of VMs. Guide: 删除 CD-ROM.
final class RemoveVmCdRom implements VmChange {
  @Override
  public String path() {
    return "remove-vm-cd-rom";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s CD-ROM".formatted(vm.name()), "编辑虚拟机 %s 的光驱".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    return DiskRemoval.prepare(
        decision, targets, data, "cd_rom_ids", disk -> disk.type() == VmDiskType.CD_ROM);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return DiskRemoval.act(task);
  }
}

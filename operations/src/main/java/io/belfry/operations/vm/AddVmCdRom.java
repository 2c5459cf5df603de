package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `add-vm-cd-rom`: gives VMs CD drives, empty or with an image. Guide: CD-ROM 编辑.
final class AddVmCdRom implements VmChange {
  @Override
  public String path() {
    return "add-vm-cd-rom";
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
    var volumes = new Volumes(decision);
    return targets.stream()
        .map(target ->
            DiskAddition.prepare(
                decision,
                volumes,
                target.vm(),
                disks -> data.objects("vm_cd_roms").forEach(disks::addCdRom)))
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

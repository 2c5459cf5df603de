package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `eject-iso-from-vm-cd-rom`: takes the images out of CD drives, also of VMs that run.
final class EjectIsoFromVmCdRom implements VmChange {
  @Override
  public String path() {
    return "eject-iso-from-vm-cd-rom";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public List<VmRow> vms(Decision decision) {
    return NamedDisks.vms(decision);
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
    return targets.stream()
        .map(target -> NamedDisks.payload(NamedDisks.of(decision, target, VmDiskType.CD_ROM)))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return DriveUpdate.act(
        task, drive -> drive.withImage(null), VmDiskEdit.edit().elfImageId(null).svtImageId(null));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `toggle-vm-cd-rom-disable`: unplugs CD drives, as guests see it, or plugs them in again.
final class ToggleVmCdRomDisable implements VmChange {
  private static final String DISABLED = "disabled";

  @Override
  public String path() {
    return "toggle-vm-cd-rom-disable";
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
    var disabled = decision.body().json().required(DISABLED).booleanValue();
    return targets.stream()
        .map(target ->
            NamedDisks.payload(NamedDisks.of(decision, target, VmDiskType.CD_ROM))
                .put(DISABLED, disabled))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var disabled = task.payload().required(DISABLED).booleanValue();
    return DriveUpdate.act(
        task,
        drive -> new Device.CdRom(drive.id(), drive.bootOrder(), drive.image(), !disabled),
        VmDiskEdit.edit().disabled(disabled));
  }
}

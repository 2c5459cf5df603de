package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.Objects;

/// `expand-vm-disk`: makes disks bigger, also of VMs that run. The request selects disks; each VM
/// that has some of them gets a task.
final class ExpandVmDisk implements VmChange {
  private static final String VOLUMES = "volumes";
  private static final String VOLUME_DEVICES = "volume_devices";
  private static final String SIZE = "size";

  @Override
  public String path() {
    return "expand-vm-disk";
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
        "Edit VM %s disk".formatted(vm.name()), "编辑虚拟机 %s 的虚拟盘".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    return targets.stream().map(target -> prepare(decision, target)).toList();
  }

  private static ObjectNode prepare(Decision decision, Target target) {
    var sizeBytes = decision.body().inBaseUnit(SIZE).orElseThrow();
    var ids =
        NamedDisks.of(decision, target, VmDiskType.DISK).stream()
            .map(VmDiskRow::vmVolumeId)
            .filter(Objects::nonNull)
            .toList();
    var volumes = decision.transaction().lock(VmVolumeRow.TYPE, ids);
    for (var volume : volumes) {
      Volumes.refuseBusy(volume);
      Volumes.refuseToShrink(volume, sizeBytes, decision.body());
    }
    decision
        .transaction()
        .update(ids, VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    var payload = Payloads.empty().put(SIZE, sizeBytes);
    Payloads.putAll(payload, VOLUMES, ids);
    Payloads.putAll(payload, VOLUME_DEVICES, volumes.stream().map(VmVolumeRow::localId).toList());
    return payload;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var sizeBytes = task.payload().required(SIZE).longValue();
    for (var volume : Payloads.texts(task.payload(), VOLUME_DEVICES)) {
      task.driver().resizeVolume(new VolumeId(volume), sizeBytes);
    }
    return task.recordSeen(task.observe()).then(transaction -> unlock(transaction, task));
  }

  @Override
  public void rollBack(Transaction transaction, VmTask task) {
    unlock(transaction, task);
  }

  private static void unlock(Transaction transaction, VmTask task) {
    transaction.update(
        Payloads.texts(task.payload(), VOLUMES), VmVolumeEdit.edit().entityAsyncStatus(null));
  }
}

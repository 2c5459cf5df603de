package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.SnapshotRows;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmSnapshotRow;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.Objects;

/// `delete-vm`: removes VMs for good, powered off first, in the recycle bin or not. Volumes that
/// only the VM had and that are not shared go too; snapshots stay unless the request includes them.
/// Guide: 永久删除.
final class DeleteVm implements VmChange {
  private static final String VOLUMES = "volumes";
  private static final String VOLUME_DEVICES = "volume_devices";
  private static final String SNAPSHOTS = "snapshots";

  @Override
  public String path() {
    return "delete-vm";
  }

  @Override
  public String mutation() {
    return "deleteVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Delete VM " + vm.name(), "删除虚拟机 " + vm.name());
  }

  @Override
  public EntityAsyncStatus underWay() {
    return EntityAsyncStatus.DELETING;
  }

  @Override
  public boolean reachesRecycleBin() {
    return true;
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    var withSnapshots = decision.body().object("effect").flag("include_snapshots", false);
    return targets.stream()
        .map(target -> payload(decision.transaction(), target.vm(), withSnapshots))
        .toList();
  }

  /// What a task must know to remove a VM.
  static ObjectNode payload(Transaction transaction, VmRow vm, boolean withSnapshots) {
    var volumes = ownVolumes(transaction, vm);
    var payload = Payloads.empty();
    VmTask.identify(payload, vm.id(), new VmId(vm.localId()));
    Payloads.putAll(payload, VOLUMES, volumes.stream().map(VmVolumeRow::id).toList());
    Payloads.putAll(payload, VOLUME_DEVICES, volumes.stream().map(VmVolumeRow::localId).toList());
    if (withSnapshots) {
      var snapshots = transaction.related(VmSnapshotRow.TYPE, "vm", List.of(vm.id()));
      Payloads.putAll(payload, SNAPSHOTS, snapshots.stream().map(VmSnapshotRow::id).toList());
    }
    return payload;
  }

  /// The volumes of a VM that are not shared, and that no other VM has.
  private static List<VmVolumeRow> ownVolumes(Transaction transaction, VmRow vm) {
    var ids =
        transaction.related(VmDiskRow.TYPE, "vm", List.of(vm.id())).stream()
            .map(VmDiskRow::vmVolumeId)
            .filter(Objects::nonNull)
            .toList();
    return transaction.find(VmVolumeRow.TYPE, ids).stream()
        .filter(volume -> !volume.sharing())
        .filter(volume ->
            transaction.related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id())).stream()
                .allMatch(disk -> disk.vmId().equals(vm.id())))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    undefine(task);
    var snapshots = Payloads.texts(task.payload(), SNAPSHOTS);
    var lunSnapshots =
        task.tools().store().read(transaction -> SnapshotRows.ofLuns(transaction, snapshots));
    for (var snapshot : lunSnapshots) {
      task.driver().deleteSnapshot(new SnapshotId(snapshot.localId()));
    }
    for (var volume : Payloads.texts(task.payload(), VOLUME_DEVICES)) {
      task.driver().deleteVolume(new VolumeId(volume));
    }
    return transaction -> remove(transaction, task, snapshots, lunSnapshots);
  }

  /// A worker that slept through its lease may be at the same and be faster.
  private static void undefine(VmTask task) throws InterruptedException {
    if (task.driver().observe(task.vm()).isEmpty()) {
      return;
    }
    try {
      task.driver().powerOff(task.vm());
    } catch (HypervisorException e) {
      if (e.fault() instanceof Fault.NotFound) {
        return;
      }
      throw e;
    }
    task.driver().undefine(task.vm());
  }

  private static void remove(
      Transaction transaction,
      VmTask task,
      List<String> snapshots,
      List<IscsiLunSnapshotRow> lunSnapshots) {
    transaction.delete(
        IscsiLunSnapshotRow.TYPE, lunSnapshots.stream().map(IscsiLunSnapshotRow::id).toList());
    transaction.delete(VmSnapshotRow.TYPE, snapshots);
    VmRemoval.remove(transaction, task.rowId(), Payloads.texts(task.payload(), VOLUMES));
  }
}

package io.belfry.operations.volume;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.SnapshotDeletion;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRemoval;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeSnapshotEdit;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `delete-vm-volume`: removes volumes that no VM has. Their snapshots stay, unless the request
/// includes them.
record DeleteVmVolumeFromVm(Tools tools) implements Mutation, TaskWork {
  @Override
  public String path() {
    return "delete-vm-volume";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var volumes = decision.lock(VmVolumeRow.TYPE, decision.body().object("where"));
    for (var volume : volumes) {
      Volumes.refuseBusy(volume);
      refuseMounted(decision, volume);
    }
    decision
        .transaction()
        .update(
            volumes.stream().map(VmVolumeRow::id).toList(),
            VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    var tasks = volumes.stream().map(volume -> task(decision, volume)).toList();
    return decision.queue(tasks);
  }

  private static void refuseMounted(Decision decision, VmVolumeRow volume) {
    var disks = decision.transaction().related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id()));
    if (disks.isEmpty()) {
      return;
    }
    var vm = decision.transaction().find(VmRow.TYPE, disks.getFirst().vmId()).orElseThrow();
    throw new Problem(
            ProblemCode.PRECONDITION,
            "Volume %s is mounted by VM %s; remove its disk first"
                .formatted(volume.name(), vm.name()),
            Map.of("id", volume.id()))
        .asException();
  }

  private NewTask task(Decision decision, VmVolumeRow volume) {
    var payload = VolumeTask.payload(volume.id(), volume.localId());
    if (decision.body().object("effect").flag("include_snapshots", false)) {
      lockedSnapshots(decision.transaction(), volume)
          .forEach(snapshot -> SnapshotDeletion.add(payload, snapshot.id(), snapshot.localId()));
    }
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Delete virtual volume " + volume.name(), "删除虚拟卷 " + volume.name()),
        decision.subject("VmVolume", volume.id(), "deleteVmVolume", volume.clusterId()),
        payload);
  }

  private static List<VmVolumeSnapshotRow> lockedSnapshots(
      Transaction transaction, VmVolumeRow volume) {
    var ids =
        transaction.related(VmVolumeSnapshotRow.TYPE, "vm_volume", List.of(volume.id())).stream()
            .map(VmVolumeSnapshotRow::id)
            .toList();
    var snapshots = transaction.lock(VmVolumeSnapshotRow.TYPE, ids);
    snapshots.forEach(Locked::refuseBusy);
    transaction.update(
        ids, VmVolumeSnapshotEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    return snapshots;
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VolumeTask(tools, running);
    try {
      SnapshotDeletion.delete(task.driver(), task.payload());
      task.driver().deleteVolume(task.volume());
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      transaction.delete(VmVolumeSnapshotRow.TYPE, SnapshotDeletion.rowIds(task.payload()));
      VmRemoval.removeVolumes(transaction, List.of(task.rowId()));
    };
  }

  /// Forgets snapshots that are gone, and the volume if it is.
  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VolumeTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          var snapshots =
              SnapshotDeletion.forgetGone(task.driver(), task.payload(), VmVolumeSnapshotRow.TYPE);
          return task.driver().observeVolume(task.volume()).isPresent()
              ? snapshots
              : snapshots.then(
                  transaction -> VmRemoval.removeVolumes(transaction, List.of(task.rowId())));
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VolumeTask(tools, running);
    task.unlock(transaction);
    transaction.update(
        SnapshotDeletion.rowIds(task.payload()),
        VmVolumeSnapshotEdit.edit().entityAsyncStatus(null));
  }
}

package io.belfry.operations.volume;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import java.util.List;
import java.util.Optional;

/// `rollback-vm-volume`: gives volumes the content and the size that their snapshots kept. VMs that
/// have them must be stopped. The snapshots stay.
record RollbackVmVolume(Tools tools) implements TaskPerElement {

  @Override
  public String path() {
    return "rollback-vm-volume";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var snapshot = Locked.snapshot(decision, params);
    var volumeId = snapshot.vmVolumeId();
    if (volumeId == null) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "volume_snapshot_id",
          "%s.volume_snapshot_id: the volume of snapshot %s is gone; rebuild-vm-volume makes another"
              .formatted(params.path(), snapshot.name()));
    }
    var volume = Locked.volume(decision, volumeId, params.path() + ".volume_snapshot_id");
    requireStoppedVms(decision.transaction(), volume);
    var content = CopiedContent.of(snapshot);
    content.lock(decision.transaction());
    decision
        .transaction()
        .update(volumeId, VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    var payload = VolumeTask.payload(volumeId, volume.localId());
    content.write(payload);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText(
            "Roll back virtual volume %s to snapshot %s".formatted(volume.name(), snapshot.name()),
            "将虚拟卷 %s 回滚到快照 %s".formatted(volume.name(), snapshot.name())),
        decision.subject("VmVolume", volumeId, "rollbackVmVolume", volume.clusterId()),
        payload);
  }

  /// A VM that is started meanwhile makes the task fail.
  private static void requireStoppedVms(Transaction transaction, VmVolumeRow volume) {
    var vms =
        transaction.related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id())).stream()
            .map(VmDiskRow::vmId)
            .distinct()
            .toList();
    transaction.find(VmRow.TYPE, vms).forEach(vm -> VmRules.requireStatus(vm, VmStatus.STOPPED));
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VolumeTask(tools, running);
    var content = content(task);
    try {
      var seen = task.driver().revert(new SnapshotId(content.localId()));
      return task.recordSeen(seen).then(content::unlock);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VolumeTask(tools, running);
    return Optional.of(Faults.asTaskFailures(task::recordLeft));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VolumeTask(tools, running);
    task.unlock(transaction);
    content(task).unlock(transaction);
  }

  private static CopiedContent content(VolumeTask task) {
    return CopiedContent.read(task.payload()).orElseThrow();
  }
}

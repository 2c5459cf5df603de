package io.belfry.operations.volume;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmVolumeSnapshotEdit;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// `delete-vm-volume-snapshot`: removes snapshots of volumes. Volumes that were made of them stay.
record DeleteVmVolumeSnapshot(Tools tools) implements Mutation, TaskWork {
  private static final String SNAPSHOT = "snapshot";
  private static final String SNAPSHOT_DEVICE = "snapshot_device";

  @Override
  public String path() {
    return "delete-vm-volume-snapshot";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var snapshots = decision.lock(VmVolumeSnapshotRow.TYPE, decision.body().object("where"));
    snapshots.forEach(Locked::refuseBusy);
    decision
        .transaction()
        .update(
            snapshots.stream().map(VmVolumeSnapshotRow::id).toList(),
            VmVolumeSnapshotEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    var tasks = snapshots.stream().map(snapshot -> task(decision, snapshot)).toList();
    return decision.queue(tasks);
  }

  private NewTask task(Decision decision, VmVolumeSnapshotRow snapshot) {
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText(
            "Delete virtual volume snapshot " + snapshot.name(), "删除虚拟卷快照 " + snapshot.name()),
        decision.subject(
            "VmVolumeSnapshot", snapshot.id(), "deleteVmVolumeSnapshot", snapshot.clusterId()),
        JsonNodeFactory.instance
            .objectNode()
            .put(SNAPSHOT, snapshot.id())
            .put(SNAPSHOT_DEVICE, snapshot.localId()));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    try {
      tools.driver().deleteSnapshot(snapshot(task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> remove(transaction, task);
  }

  /// The snapshot may be gone although its deletion failed.
  @Override
  public Optional<Undo> undo(RunningTask task) {
    return Optional.of(
        Faults.asTaskFailures(() ->
            tools.driver().observeSnapshot(snapshot(task)).isPresent()
                ? Recording.NOTHING
                : transaction -> remove(transaction, task)));
  }

  private static void remove(Transaction transaction, RunningTask task) {
    transaction.delete(VmVolumeSnapshotRow.TYPE, List.of(rowId(task)));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.update(rowId(task), VmVolumeSnapshotEdit.edit().entityAsyncStatus(null));
  }

  private static String rowId(RunningTask task) {
    return task.payload().required(SNAPSHOT).textValue();
  }

  private static SnapshotId snapshot(RunningTask task) {
    return new SnapshotId(task.payload().required(SNAPSHOT_DEVICE).textValue());
  }
}

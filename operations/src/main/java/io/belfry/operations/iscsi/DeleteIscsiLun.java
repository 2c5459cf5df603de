package io.belfry.operations.iscsi;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.SnapshotDeletion;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotEdit;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// `delete-iscsi-lun`: removes LUNs. Their snapshots stay, unless `remove_snapshot` includes them.
record DeleteIscsiLun(Tools tools) implements Mutation, TaskWork {
  @Override
  public String path() {
    return "delete-iscsi-lun";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var luns = Luns.own(decision);
    luns.forEach(lun -> Luns.mark(decision, lun, EntityAsyncStatus.DELETING));
    return decision.queue(luns.stream().map(lun -> task(decision, lun)).toList());
  }

  private NewTask task(Decision decision, IscsiLunRow lun) {
    var payload = LunTask.payload(lun);
    if (decision.body().object("data").flag("remove_snapshot", false)) {
      lockedSnapshots(decision.transaction(), lun)
          .forEach(snapshot -> SnapshotDeletion.add(payload, snapshot.id(), snapshot.localId()));
    }
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Delete iSCSI LUN " + lun.name(), "删除 iSCSI LUN " + lun.name()),
        decision.subject(
            "IscsiLun", lun.id(), "deleteIscsiLun", Luns.target(decision, lun).clusterId()),
        payload);
  }

  private static List<IscsiLunSnapshotRow> lockedSnapshots(
      Transaction transaction, IscsiLunRow lun) {
    var ids =
        transaction.related(IscsiLunSnapshotRow.TYPE, "iscsi_lun", List.of(lun.id())).stream()
            .map(IscsiLunSnapshotRow::id)
            .toList();
    var snapshots = transaction.lock(IscsiLunSnapshotRow.TYPE, ids);
    snapshots.forEach(Luns::refuseBusy);
    transaction.update(
        ids, IscsiLunSnapshotEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    return snapshots;
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new LunTask(tools, running);
    try {
      SnapshotDeletion.delete(task.driver(), task.payload());
      task.driver().deleteVolume(task.volume());
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      transaction.delete(IscsiLunSnapshotRow.TYPE, SnapshotDeletion.rowIds(task.payload()));
      transaction.delete(IscsiLunRow.TYPE, List.of(task.rowId()));
    };
  }

  /// Forgets snapshots that are gone, and the LUN if it is.
  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new LunTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          var snapshots =
              SnapshotDeletion.forgetGone(task.driver(), task.payload(), IscsiLunSnapshotRow.TYPE);
          return task.driver().observeVolume(task.volume()).isPresent()
              ? snapshots
              : snapshots.then(
                  transaction -> transaction.delete(IscsiLunRow.TYPE, List.of(task.rowId())));
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new LunTask(tools, running);
    task.unlock(transaction);
    transaction.update(
        SnapshotDeletion.rowIds(task.payload()),
        IscsiLunSnapshotEdit.edit().entityAsyncStatus(null));
  }
}

package io.belfry.operations.iscsi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.SnapshotDeletion;
import io.belfry.operations.device.SnapshotRows;
import io.belfry.operations.vm.Faults;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunSnapshotEdit;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `delete-iscsi-lun-snapshot`: removes snapshots of LUNs, but for those that hold the disks of a
/// VM snapshot. LUNs that were made of them stay.
record DeleteIscsiLunSnapshot(Tools tools) implements Mutation, TaskWork {
  @Override
  public String path() {
    return "delete-iscsi-lun-snapshot";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var snapshots = decision.lock(IscsiLunSnapshotRow.TYPE, decision.body().object("where"));
    for (var snapshot : snapshots) {
      Luns.refuseBusy(snapshot);
      refuseUsed(decision.transaction(), snapshot);
    }
    decision
        .transaction()
        .update(
            snapshots.stream().map(IscsiLunSnapshotRow::id).toList(),
            IscsiLunSnapshotEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    return decision.queue(snapshots.stream().map(snapshot -> task(decision, snapshot)).toList());
  }

  private static void refuseUsed(Transaction transaction, IscsiLunSnapshotRow snapshot) {
    SnapshotRows.ofVm(transaction, snapshot)
        .ifPresent(owner -> {
          throw new Problem(
                  ProblemCode.PRECONDITION,
                  "Snapshot %s holds a disk of VM snapshot %s; delete that instead"
                      .formatted(snapshot.name(), owner.name()),
                  Map.of("id", snapshot.id()))
              .asException();
        });
  }

  private NewTask task(Decision decision, IscsiLunSnapshotRow snapshot) {
    var target =
        decision.transaction().find(IscsiTargetRow.TYPE, snapshot.iscsiTargetId()).orElseThrow();
    var payload = JsonNodeFactory.instance.objectNode();
    SnapshotDeletion.add(payload, snapshot.id(), snapshot.localId());
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText(
            "Delete iSCSI LUN snapshot " + snapshot.name(), "删除 iSCSI LUN 快照 " + snapshot.name()),
        decision.subject(
            "IscsiLunSnapshot", snapshot.id(), "deleteIscsiLunSnapshot", target.clusterId()),
        payload);
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    try {
      SnapshotDeletion.delete(tools.driver(), task.payload());
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    var ids = SnapshotDeletion.rowIds(task.payload());
    return transaction -> transaction.delete(IscsiLunSnapshotRow.TYPE, ids);
  }

  /// The snapshot may be gone although its deletion failed.
  @Override
  public Optional<Undo> undo(RunningTask task) {
    return Optional.of(
        Faults.asTaskFailures(() ->
            SnapshotDeletion.forgetGone(tools.driver(), task.payload(), IscsiLunSnapshotRow.TYPE)));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.update(
        SnapshotDeletion.rowIds(task.payload()),
        IscsiLunSnapshotEdit.edit().entityAsyncStatus(null));
  }
}

package io.belfry.operations.iscsi;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import java.util.Optional;

/// `rollback-iscsi-lun-from-snapshot`: gives LUNs the content and the size that snapshots of them
/// kept. The snapshots stay.
record RollbackIscsiLunFromSnapshot(Tools tools) implements TaskPerElement {
  @Override
  public String path() {
    return "rollback-iscsi-lun-from-snapshot";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var lun = Luns.own(decision, params.text("lun_id"), params.path() + ".lun_id");
    var snapshot = Luns.snapshot(decision, params);
    if (!lun.id().equals(snapshot.iscsiLunId())) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "snapshot_id",
          "%s.snapshot_id: snapshot %s is not one of LUN %s"
              .formatted(params.path(), snapshot.name(), lun.name()));
    }
    Luns.mark(decision, lun, EntityAsyncStatus.UPDATING);
    var content = CopiedContent.of(snapshot);
    content.lock(decision.transaction());
    var payload = LunTask.payload(lun);
    content.write(payload);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        description(lun, snapshot),
        decision.subject(
            "IscsiLun",
            lun.id(),
            "rollbackIscsiLunFromSnapshot",
            Luns.target(decision, lun).clusterId()),
        payload);
  }

  private static LocalizedText description(IscsiLunRow lun, IscsiLunSnapshotRow snapshot) {
    return new LocalizedText(
        "Roll back iSCSI LUN %s to snapshot %s".formatted(lun.name(), snapshot.name()),
        "将 iSCSI LUN %s 回滚到快照 %s".formatted(lun.name(), snapshot.name()));
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new LunTask(tools, running);
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
    var task = new LunTask(tools, running);
    return Optional.of(Faults.asTaskFailures(task::recordLeft));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new LunTask(tools, running);
    task.unlock(transaction);
    content(task).unlock(transaction);
  }

  private static CopiedContent content(LunTask task) {
    return CopiedContent.read(task.payload()).orElseThrow();
  }
}

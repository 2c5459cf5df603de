package io.belfry.operations.iscsi;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotEdit;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `create-iscsi-lun-snapshot`: keeps the content of LUNs as of now, of those that hold volumes of
/// VMs, too, as backup programs do. That of a volume that a running VM writes is what a power cut
/// would leave.
record CreateIscsiLunSnapshot(Tools tools) implements TaskPerElement {
  private static final String SNAPSHOT = "snapshot";
  private static final String SNAPSHOT_DEVICE = "snapshot_device";

  @Override
  public String path() {
    return "create-iscsi-lun-snapshot";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var lun = Luns.any(decision, params.text("iscsi_lun_id"), params.path() + ".iscsi_lun_id");
    requireTarget(lun, params);
    var id = tools.ids().cuid();
    var localId = tools.ids().uuid();
    decision
        .transaction()
        .insert(
            IscsiLunSnapshotEdit.edit()
                .id(id)
                .localId(Definitions.placeholder(localId))
                .name(params.text("name"))
                .iscsiLunId(lun.id())
                .iscsiTargetId(lun.iscsiTargetId())
                .uniqueSize(0L)
                .localCreatedAt(tools.clock().instant())
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    Luns.mark(decision, lun, EntityAsyncStatus.UPDATING);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        description(lun, params.text("name")),
        decision.subject(
            "IscsiLunSnapshot",
            id,
            "createIscsiLunSnapshot",
            Luns.target(decision, lun).clusterId()),
        LunTask.payload(lun.id(), Luns.device(decision, lun))
            .put(SNAPSHOT, id)
            .put(SNAPSHOT_DEVICE, localId));
  }

  private static void requireTarget(IscsiLunRow lun, Params params) {
    var given = params.text("iscsi_target_id");
    if (!given.equals(lun.iscsiTargetId())) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "iscsi_target_id",
          "%s.iscsi_target_id: LUN %s is of target %s, not of %s"
              .formatted(params.path(), lun.name(), lun.iscsiTargetId(), given));
    }
  }

  private static LocalizedText description(IscsiLunRow lun, String name) {
    return new LocalizedText(
        "Create snapshot %s of iSCSI LUN %s".formatted(name, lun.name()),
        "创建 iSCSI LUN %s 的快照 %s".formatted(lun.name(), name));
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new LunTask(tools, running);
    try {
      var seen =
          task.driver()
              .snapshot(Map.of(snapshot(task), task.volume()), Consistency.CRASH)
              .getFirst();
      return task.recordLeft()
          .then(transaction -> record(transaction, task, seen))
          .then(task::unlock);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private static void record(Transaction transaction, LunTask task, SnapshotSeen seen) {
    transaction.update(
        rowId(task),
        IscsiLunSnapshotEdit.edit()
            .localId(seen.id().value())
            .uniqueSize(seen.uniqueBytes())
            .entityAsyncStatus(null));
  }

  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new LunTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          Leftovers.delete(task.driver(), snapshot(task));
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new LunTask(tools, running);
    transaction.delete(IscsiLunSnapshotRow.TYPE, List.of(rowId(task)));
    task.unlock(transaction);
  }

  private static String rowId(LunTask task) {
    return task.payload().required(SNAPSHOT).textValue();
  }

  private static SnapshotId snapshot(LunTask task) {
    return new SnapshotId(task.payload().required(SNAPSHOT_DEVICE).textValue());
  }
}

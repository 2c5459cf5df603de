package io.belfry.operations.iscsi;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// `update-iscsi-lun`: gives LUNs another name, a bigger size, other access and limits.
record UpdateIscsiLun(Tools tools) implements Mutation, TaskWork {
  private static final String SIZE = "assigned_size";
  private static final String EDITED = "edited";
  private static final List<String> REDUNDANCY = List.of("replica_num", "thin_provision");

  @Override
  public String path() {
    return "update-iscsi-lun";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var luns = Luns.own(decision);
    var data = decision.body().object("data");
    Unbuilt.refuse(data);
    REDUNDANCY.forEach(key -> NewNics.refuseUnbuilt(data, key));
    for (var lun : luns) {
      data.inBaseUnit(SIZE).ifPresent(bytes -> refuseToShrink(lun, bytes, data));
      Luns.mark(decision, lun, EntityAsyncStatus.UPDATING);
    }
    return decision.queue(luns.stream().map(lun -> task(decision, lun, data)).toList());
  }

  private static void refuseToShrink(IscsiLunRow lun, long bytes, Params data) {
    if (bytes < lun.assignedSize()) {
      throw data.refused(
          ProblemCode.OUT_OF_RANGE,
          SIZE,
          "%s.%s is %s bytes: LUN %s has %s already, and can only grow"
              .formatted(data.path(), SIZE, bytes, lun.name(), lun.assignedSize()));
    }
  }

  private NewTask task(Decision decision, IscsiLunRow lun, Params data) {
    var payload = LunTask.payload(lun);
    data.inBaseUnit(SIZE).ifPresent(bytes -> payload.put(SIZE, bytes));
    payload.set(EDITED, data.json());
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Edit iSCSI LUN " + lun.name(), "编辑 iSCSI LUN " + lun.name()),
        decision.subject(
            "IscsiLun", lun.id(), "updateIscsiLun", Luns.target(decision, lun).clusterId()),
        payload);
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new LunTask(tools, running);
    return grow(task).then(transaction -> edit(transaction, task));
  }

  private static Recording grow(LunTask task) throws InterruptedException {
    if (!task.payload().has(SIZE)) {
      return task::unlock;
    }
    try {
      var bytes = task.payload().required(SIZE).longValue();
      return task.recordSeen(task.driver().resizeVolume(task.volume(), bytes));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private static void edit(Transaction transaction, LunTask task) {
    var edited = new Params("data", task.payload().path(EDITED));
    edited
        .optionalText("name")
        .ifPresent(name -> transaction.update(task.rowId(), IscsiLunEdit.edit().name(name)));
    LunAccess.write(transaction, task.rowId(), edited);
  }

  /// The LUN may have grown before something else went wrong.
  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new LunTask(tools, running);
    return Optional.of(Faults.asTaskFailures(task::recordLeft));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    new LunTask(tools, running).unlock(transaction);
  }
}

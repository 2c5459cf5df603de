package io.belfry.operations.volume;

import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// `update-vm-volume`: gives volumes another name, description or a bigger size, mounted or not.
record UpdateVmVolume(Tools tools) implements Mutation, TaskWork {
  private static final String SIZE = "size";
  private static final String EDITED = "edited";

  @Override
  public String path() {
    return "update-vm-volume";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var volumes = decision.lock(VmVolumeRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    var size = data.inBaseUnit(SIZE);
    for (var volume : volumes) {
      Volumes.refuseBusy(volume);
      size.ifPresent(bytes -> Volumes.refuseToShrink(volume, bytes, data));
    }
    decision
        .transaction()
        .update(
            volumes.stream().map(VmVolumeRow::id).toList(),
            VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    var tasks = volumes.stream().map(volume -> task(decision, volume, data)).toList();
    return decision.queue(tasks);
  }

  private NewTask task(Decision decision, VmVolumeRow volume, Params data) {
    var payload = VolumeTask.payload(volume.id(), volume.localId());
    data.inBaseUnit(SIZE).ifPresent(bytes -> payload.put(SIZE, bytes));
    payload.set(EDITED, data.json());
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Update virtual volume " + volume.name(), "编辑虚拟卷 " + volume.name()),
        decision.subject("VmVolume", volume.id(), "updateVmVolume", volume.clusterId()),
        payload);
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VolumeTask(tools, running);
    return grow(task).then(transaction -> edit(transaction, task));
  }

  private static Recording grow(VolumeTask task) throws InterruptedException {
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

  private static void edit(Transaction transaction, VolumeTask task) {
    var edited = new Params("data", task.payload().path(EDITED));
    var edit = VmVolumeEdit.edit();
    edited.optionalText("name").ifPresent(edit::name);
    edited.optionalText("description").ifPresent(edit::description);
    if (!edit.values().isEmpty()) {
      transaction.update(task.rowId(), edit);
    }
  }

  /// The volume may have grown before something else went wrong.
  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VolumeTask(tools, running);
    return Optional.of(Faults.asTaskFailures(task::recordLeft));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    new VolumeTask(tools, running).unlock(transaction);
  }
}

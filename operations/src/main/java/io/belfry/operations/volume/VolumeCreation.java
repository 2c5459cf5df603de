package io.belfry.operations.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRemoval;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Optional;

/// Makes volumes real whose rows a decision has written, empty or with copied content. If that
/// fails, nothing of the volume is left.
final class VolumeCreation implements TaskWork {
  private final Tools tools;

  VolumeCreation(Tools tools) {
    this.tools = tools;
  }

  /// How a volume comes into being.
  ///
  /// @param path the operation's
  /// @param mutation the change's name in tasks
  record Way(String path, String mutation, LocalizedText description) {}

  /// Writes the row of an empty volume, and prepares the task that makes it real.
  static NewTask prepare(Decision decision, Volumes volumes, Volumes.NewVolume volume, Way way) {
    var added = volumes.add(volume);
    return task(decision, volume, added, way, VolumeTask.payload(added.id(), added.localId()));
  }

  /// Writes the row of a volume with copied content, and prepares the task that makes it real. What
  /// is copied is locked until then.
  static NewTask prepare(
      Decision decision,
      Volumes volumes,
      Volumes.NewVolume volume,
      Way way,
      CopiedContent content) {
    var added = volumes.add(volume);
    var payload = VolumeTask.payload(added.id(), added.localId());
    content.write(payload);
    content.lock(decision.transaction());
    return task(decision, volume, added, way, payload).in(List.of(Lanes.copy(volume.clusterId())));
  }

  private static NewTask task(
      Decision decision, Volumes.NewVolume volume, Volumes.Added added, Way way, JsonNode payload) {
    return new NewTask(
        decision.tools().ids().cuid(),
        way.path(),
        way.description(),
        decision.subject("VmVolume", added.id(), way.mutation(), volume.clusterId()),
        payload);
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VolumeTask(tools, running);
    try {
      return task.recordSeen(create(task)).then(transaction -> unlockContent(transaction, task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private VolumeSeen create(VolumeTask task) throws InterruptedException {
    var definition =
        tools
            .store()
            .read(transaction ->
                new Definitions(transaction)
                    .volume(transaction.find(VmVolumeRow.TYPE, task.rowId()).orElseThrow()));
    var content = CopiedContent.read(task.payload());
    return content.isEmpty()
        ? task.driver().createVolume(definition)
        : task.driver()
            .copyVolume(content.get().source(), definition, CopyMode.FULL, task.task()::progress);
  }

  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VolumeTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          task.driver().deleteVolume(task.volume());
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VolumeTask(tools, running);
    VmRemoval.removeVolumes(transaction, List.of(task.rowId()));
    unlockContent(transaction, task);
  }

  private static void unlockContent(Transaction transaction, VolumeTask task) {
    CopiedContent.read(task.payload()).ifPresent(content -> content.unlock(transaction));
  }
}

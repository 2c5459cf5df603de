package io.belfry.operations.iscsi;

import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.device.LunDefaults;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An operation that creates a LUN for each element of its body, empty or with copied content. If
/// that fails, nothing of the LUN is left.
interface LunCreation extends TaskPerElement {

  Tools tools();

  /// What a new LUN is.
  ///
  /// @param number among the LUNs of its target
  record NewLun(
      IscsiTargetRow target,
      int number,
      String name,
      long sizeBytes,
      Redundancy redundancy,
      boolean thin) {}

  /// How it comes into being.
  ///
  /// @param mutation the change's name in tasks
  /// @param content what it is filled with; null if it shall be empty
  record Way(String mutation, LocalizedText description, @Nullable CopiedContent content) {}

  /// The number after the highest of a target's LUNs.
  static int nextNumber(Decision decision, IscsiTargetRow target) {
    return decision
        .transaction()
        .rows(
            IscsiLunRow.TYPE,
            "WHERE iscsi_target_id = ? ORDER BY lun_id DESC LIMIT 1",
            List.of(target.id()))
        .stream()
        .findFirst()
        .map(last -> last.lunId() + 1)
        .orElse(1);
  }

  /// Writes a LUN, locked, and prepares the task that makes it real.
  default NewTask prepare(Decision decision, NewLun lun, Way way) {
    var id = tools().ids().cuid();
    var volumeId = tools().ids().uuid();
    decision.transaction().insert(row(lun, volumeId).id(id));
    var payload = LunTask.payload(id, volumeId);
    var task =
        new NewTask(
            tools().ids().cuid(),
            path(),
            way.description(),
            decision.subject("IscsiLun", id, way.mutation(), lun.target().clusterId()),
            payload);
    var content = way.content();
    if (content == null) {
      return task;
    }
    content.write(payload);
    content.lock(decision.transaction());
    return task.in(List.of(Lanes.copy(lun.target().clusterId())));
  }

  private IscsiLunEdit row(NewLun lun, String volumeId) {
    var target = lun.target();
    return lun.redundancy()
        .write(LunDefaults.unlimited(IscsiLunEdit.edit()))
        .localId("%s/%s".formatted(target.localId(), lun.number()))
        .name(lun.name())
        .lunId(lun.number())
        .iscsiTargetId(target.id())
        .assignedSize(lun.sizeBytes())
        .thinProvision(lun.thin())
        .stripeNum(target.stripeNum())
        .stripeSize(target.stripeSize())
        .zbsVolumeId(volumeId)
        .localCreatedAt(tools().clock().instant())
        .entityAsyncStatus(EntityAsyncStatus.CREATING);
  }

  @Override
  default Recording act(RunningTask running) throws InterruptedException {
    var task = new LunTask(tools(), running);
    try {
      return task.recordSeen(create(task)).then(transaction -> unlockContent(transaction, task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private VolumeSeen create(LunTask task) throws InterruptedException {
    var lun =
        tools()
            .store()
            .read(transaction -> transaction.find(IscsiLunRow.TYPE, task.rowId()).orElseThrow());
    var content = CopiedContent.read(task.payload());
    if (content.isEmpty()) {
      return task.driver().createVolume(definition(task, lun, lun.assignedSize()));
    }
    var source = content.get().source();
    var size = Sizes.of(task.driver(), source);
    return task.driver()
        .copyVolume(source, definition(task, lun, size), CopyMode.FULL, task.task()::progress);
  }

  private VolumeDefinition definition(LunTask task, IscsiLunRow lun, long sizeBytes) {
    return new VolumeDefinition(
        task.volume(),
        tools().store().read(transaction -> storage(transaction, lun)),
        sizeBytes,
        Redundancy.of(lun).policy(lun.thinProvision()));
  }

  private static StorageId storage(Transaction transaction, IscsiLunRow lun) {
    var target = transaction.find(IscsiTargetRow.TYPE, lun.iscsiTargetId()).orElseThrow();
    var cluster = transaction.find(ClusterRow.TYPE, target.clusterId()).orElseThrow();
    return new StorageId(Objects.requireNonNull(cluster.localId()));
  }

  @Override
  default Optional<Undo> undo(RunningTask running) {
    var task = new LunTask(tools(), running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          Leftovers.delete(task.driver(), task.volume());
          return Recording.NOTHING;
        }));
  }

  @Override
  default void rollBack(Transaction transaction, RunningTask running) {
    var task = new LunTask(tools(), running);
    transaction.delete(IscsiLunRow.TYPE, List.of(task.rowId()));
    unlockContent(transaction, task);
  }

  private static void unlockContent(Transaction transaction, LunTask task) {
    CopiedContent.read(task.payload()).ifPresent(content -> content.unlock(transaction));
  }
}

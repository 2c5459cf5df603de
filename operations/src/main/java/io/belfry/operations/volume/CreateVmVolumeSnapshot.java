package io.belfry.operations.volume;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeSnapshotEdit;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import io.belfry.store.rows.VmVolumeSnapshotType;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `create-vm-volume-snapshot`: keeps the content of volumes as of now. That of a volume that a
/// running VM writes is what a power cut would leave.
record CreateVmVolumeSnapshot(Tools tools) implements TaskPerElement {
  private static final String SNAPSHOT = "snapshot";
  private static final String SNAPSHOT_DEVICE = "snapshot_device";

  @Override
  public String path() {
    return "create-vm-volume-snapshot";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var volume = Locked.volume(decision, params.text("volume_id"), params.path() + ".volume_id");
    var id = tools.ids().cuid();
    var localId = tools.ids().uuid();
    decision
        .transaction()
        .insert(row(volume, params).id(id).localId(Definitions.placeholder(localId)));
    decision
        .transaction()
        .update(volume.id(), VmVolumeEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    var name = params.text("name");
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText(
            "Create snapshot %s of virtual volume %s".formatted(name, volume.name()),
            "创建虚拟卷 %s 的快照 %s".formatted(volume.name(), name)),
        decision.subject("VmVolumeSnapshot", id, "createVmVolumeSnapshot", volume.clusterId()),
        VolumeTask.payload(volume.id(), volume.localId())
            .put(SNAPSHOT, id)
            .put(SNAPSHOT_DEVICE, localId));
  }

  private VmVolumeSnapshotEdit row(VmVolumeRow volume, Params params) {
    var now = tools.clock().instant();
    return VmVolumeSnapshotEdit.edit()
        .name(params.text("name"))
        .description(params.text("description"))
        .clusterId(volume.clusterId())
        .vmVolumeId(volume.id())
        .volumeSize((double) volume.size())
        .volumeSharing(volume.sharing())
        .elfStoragePolicy(volume.elfStoragePolicy())
        .elfStoragePolicyReplicaNum(volume.elfStoragePolicyReplicaNum())
        .elfStoragePolicyThinProvision(volume.elfStoragePolicyThinProvision())
        .elfStoragePolicyStripeNum(volume.elfStoragePolicyStripeNum())
        .elfStoragePolicyEcK(volume.elfStoragePolicyEcK())
        .elfStoragePolicyEcM(volume.elfStoragePolicyEcM())
        .type(VmVolumeSnapshotType.KVM_VOLUME_SNAPSHOT)
        .createAt(now)
        .localCreatedAt(now)
        .entityAsyncStatus(EntityAsyncStatus.CREATING);
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VolumeTask(tools, running);
    try {
      var seen =
          task.driver()
              .snapshot(Map.of(snapshot(task), task.volume()), Consistency.CRASH)
              .getFirst();
      return transaction -> record(transaction, task, seen);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private static void record(Transaction transaction, VolumeTask task, SnapshotSeen seen) {
    transaction.update(
        rowId(task),
        VmVolumeSnapshotEdit.edit()
            .localId(seen.id().value())
            .zbsSnapshotUuid(seen.id().value())
            .size((double) seen.sizeBytes())
            .uniqueSize((double) seen.uniqueBytes())
            .entityAsyncStatus(null));
    task.unlock(transaction);
  }

  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VolumeTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          task.driver().deleteSnapshot(snapshot(task));
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VolumeTask(tools, running);
    transaction.delete(VmVolumeSnapshotRow.TYPE, List.of(rowId(task)));
    task.unlock(transaction);
  }

  private static String rowId(VolumeTask task) {
    return task.payload().required(SNAPSHOT).textValue();
  }

  private static SnapshotId snapshot(VolumeTask task) {
    return new SnapshotId(task.payload().required(SNAPSHOT_DEVICE).textValue());
  }
}

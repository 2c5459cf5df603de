package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmSnapshotEdit;
import io.belfry.store.rows.VmSnapshotRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `rollback-vm`: gives stopped VMs the configuration, the devices and the content back that a
/// snapshot kept. Volumes that the VM still has, or nobody, are reverted; those that are gone are
/// made anew. Volumes that it has got since stay, unmounted. Its name stays, too.
final class RollbackVm implements VmChange {
  private static final String SNAPSHOT_ID = "snapshot_id";
  private static final String SNAPSHOT = "snapshot";
  private static final String REVERTED = "reverted";
  private static final String VOLUMES = "volumes";
  private static final String DISKS = "disks";
  private static final String NICS = "nics";
  private static final String OLD_DISKS = "old_disks";
  private static final String OLD_NICS = "old_nics";

  @Override
  public String path() {
    return "rollback-vm";
  }

  @Override
  public String mutation() {
    return "rollbackVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Rollback VM " + vm.name(), "回滚虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    var snapshot = KeptSnapshot.named(decision, data, SNAPSHOT_ID);
    var volumes = new Volumes(decision);
    var networks = new Networks(decision);
    return targets.stream()
        .map(target -> prepare(decision, volumes, networks, target.vm(), snapshot))
        .toList();
  }

  private static ObjectNode prepare(
      Decision decision, Volumes volumes, Networks networks, VmRow vm, KeptSnapshot snapshot) {
    snapshot.requireOf(vm);
    VmRules.requireStatus(vm, VmStatus.STOPPED);
    mark(decision.transaction(), snapshot.row().id(), EntityAsyncStatus.UPDATING);
    var payload = Payloads.empty().put(SNAPSHOT, snapshot.row().id());
    takeDevices(decision.transaction(), vm, payload);
    var restored = new RestoredVm(decision, volumes, networks, vm, snapshot);
    restored.addDevices();
    restored.filling().put(payload);
    payload.set(REVERTED, restored.reverted());
    CreatedVolumes.put(payload, restored.disks().createdVolumes());
    Payloads.putAll(payload, VOLUMES, restored.disks().mountedVolumeIds());
    Payloads.putAll(payload, DISKS, restored.disks().diskIds());
    Payloads.putAll(payload, NICS, restored.nics().ids());
    return payload;
  }

  private static void takeDevices(Transaction transaction, VmRow vm, ObjectNode payload) {
    var definitions = new Definitions(transaction);
    var disks = definitions.disks(vm.id()).stream().map(VmDiskRow::id).toList();
    var nics = definitions.nics(vm.id()).stream().map(VmNicRow::id).toList();
    payload.set(OLD_DISKS, SavedRows.take(transaction, VmDiskRow.TYPE, disks));
    payload.set(OLD_NICS, SavedRows.take(transaction, VmNicRow.TYPE, nics));
  }

  private record Plan(VmDefinition vm, Map<String, VolumeDefinition> volumesByRowId) {}

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var plan = task.tools().store().read(transaction -> plan(transaction, task));
    VolumeFilling.create(task, plan.volumesByRowId());
    for (var snapshot : Payloads.texts(task.payload(), REVERTED)) {
      task.driver().revert(new SnapshotId(snapshot));
    }
    var seen = task.driver().define(plan.vm(), task.observe().host());
    return transaction -> {
      transaction.update(task.rowId(), configuration(transaction, task.payload()));
      VmRecords.record(transaction, task.rowId(), seen);
      unlock(transaction, task.payload());
    };
  }

  private static Plan plan(Transaction transaction, VmTask task) {
    var definitions = new Definitions(transaction);
    var vm = transaction.find(VmRow.TYPE, task.rowId()).orElseThrow();
    var snapshot = snapshot(transaction, task.payload());
    var volumes = new TreeMap<String, VolumeDefinition>();
    for (var row : transaction.find(VmVolumeRow.TYPE, CreatedVolumes.ids(task.payload()))) {
      volumes.put(row.id(), definitions.volume(row));
    }
    var definition =
        new VmDefinition(
            task.vm(),
            vm.name(),
            new Cpu(
                snapshot.cpu().path("sockets").intValue(), snapshot.cpu().path("cores").intValue()),
            snapshot.memory(),
            Firmware.valueOf(snapshot.firmware().name()),
            definitions.vm(vm, null).devices(),
            null);
    return new Plan(definition, volumes);
  }

  private static VmSnapshotRow snapshot(Transaction transaction, JsonNode payload) {
    return transaction
        .find(VmSnapshotRow.TYPE, payload.required(SNAPSHOT).textValue())
        .orElseThrow();
  }

  private static VmEdit configuration(Transaction transaction, JsonNode payload) {
    var snapshot = snapshot(transaction, payload);
    return KeptSnapshot.configuration(snapshot, VmEdit.edit())
        .cpu(snapshot.cpu())
        .vcpu(snapshot.vcpu())
        .memory(snapshot.memory());
  }

  /// Gives the VM its devices back, in the store and in the hypervisor. Content that was reverted
  /// stays so: the next try goes on.
  @Override
  public void undo(VmTask task) throws InterruptedException {
    task.tools()
        .store()
        .change(transaction -> {
          transaction.actFor(task.task().actor());
          putDevicesBack(transaction, task.payload());
        });
    if (task.driver().observe(task.vm()).isPresent()) {
      var before =
          task.tools()
              .store()
              .read(transaction ->
                  new Definitions(transaction)
                      .vm(transaction.find(VmRow.TYPE, task.rowId()).orElseThrow(), null));
      task.driver().define(before, task.observe().host());
    }
    CreatedVolumes.delete(task.driver(), task.payload());
  }

  @Override
  public void rollBack(Transaction transaction, VmTask task) {
    var payload = task.payload();
    putDevicesBack(transaction, payload);
    unlock(transaction, payload);
    VmRemoval.removeVolumes(transaction, CreatedVolumes.ids(payload));
  }

  private static void putDevicesBack(Transaction transaction, JsonNode payload) {
    transaction.delete(VmDiskRow.TYPE, Payloads.texts(payload, DISKS));
    transaction.delete(VmNicRow.TYPE, Payloads.texts(payload, NICS));
    SavedRows.putBack(transaction, VmDiskRow.TYPE, payload.path(OLD_DISKS));
    SavedRows.putBack(transaction, VmNicRow.TYPE, payload.path(OLD_NICS));
  }

  private static void unlock(Transaction transaction, JsonNode payload) {
    var unlocked = VmVolumeEdit.edit().entityAsyncStatus(null);
    transaction.update(CreatedVolumes.ids(payload), unlocked);
    transaction.update(Payloads.texts(payload, VOLUMES), unlocked);
    mark(transaction, payload.required(SNAPSHOT).textValue(), null);
  }

  private static void mark(
      Transaction transaction, String snapshotId, @Nullable EntityAsyncStatus underWay) {
    transaction.update(snapshotId, VmSnapshotEdit.edit().entityAsyncStatus(underWay));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.NewDisks;
import io.belfry.operations.device.Volumes;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.function.Consumer;

/// Adds disks and CD drives to a VM that exists: the rows at once, the devices by the VM's task.
final class DiskAddition {
  private static final String DISKS = "disks";
  private static final String MOUNTED_VOLUMES = "mounted_volumes";

  private DiskAddition() {}

  /// Writes the rows.
  ///
  /// @param what adds what the request describes
  /// @return the payload of the VM's task
  static ObjectNode prepare(Decision decision, Volumes volumes, VmRow vm, Consumer<NewDisks> what) {
    var existing = new Definitions(decision.transaction()).disks(vm.id());
    var disks =
        new NewDisks(decision, volumes, VmRules.cluster(vm), vm.id(), firstFreeKey(existing));
    what.accept(disks);
    var payload = Payloads.empty();
    Payloads.putAll(payload, DISKS, disks.diskIds());
    CreatedVolumes.put(payload, disks.createdVolumes());
    Payloads.putAll(payload, MOUNTED_VOLUMES, disks.mountedVolumeIds());
    return payload;
  }

  private static int firstFreeKey(List<VmDiskRow> disks) {
    return disks.stream().mapToInt(disk -> disk.key() == null ? 0 : disk.key() + 1).max().orElse(0);
  }

  private record Plan(List<VolumeDefinition> volumes, List<Device> devices) {}

  /// Creates the volumes and plugs the devices in.
  static Recording act(VmTask task) throws InterruptedException {
    var plan = task.tools().store().read(transaction -> plan(transaction, task));
    var seen = attach(task, plan);
    return task.recordSeen(seen).then(transaction -> unlockVolumes(transaction, task));
  }

  private static Plan plan(Transaction transaction, VmTask task) {
    var definitions = new Definitions(transaction);
    return new Plan(
        transaction.find(VmVolumeRow.TYPE, CreatedVolumes.ids(task.payload())).stream()
            .map(definitions::volume)
            .toList(),
        definitions.disks(task.rowId()).stream()
            .filter(disk -> Payloads.texts(task.payload(), DISKS).contains(disk.id()))
            .map(definitions::disk)
            .toList());
  }

  private static VmSeen attach(VmTask task, Plan plan) throws InterruptedException {
    for (var volume : plan.volumes()) {
      task.driver().createVolume(volume);
    }
    for (var device : plan.devices()) {
      task.driver().attach(task.vm(), device);
    }
    return task.observe();
  }

  /// Takes the devices out again and deletes the volumes.
  static void undo(VmTask task) throws InterruptedException {
    task.detach(Payloads.texts(task.payload(), DISKS));
    CreatedVolumes.delete(task.driver(), task.payload());
  }

  /// Removes the rows again.
  static void rollBack(Transaction transaction, VmTask task) {
    transaction.delete(VmDiskRow.TYPE, Payloads.texts(task.payload(), DISKS));
    unlockVolumes(transaction, task);
    VmRemoval.removeVolumes(transaction, CreatedVolumes.ids(task.payload()));
  }

  private static void unlockVolumes(Transaction transaction, VmTask task) {
    var unlocked = VmVolumeEdit.edit().entityAsyncStatus(null);
    transaction.update(CreatedVolumes.ids(task.payload()), unlocked);
    transaction.update(Payloads.texts(task.payload(), MOUNTED_VOLUMES), unlocked);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.Lane;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes VMs real whose rows a decision has written: creates and copies volumes, defines the VM,
/// starts it if it shall run. If that fails, nothing of the VM is left.
final class VmCreation implements TaskWork {
  static final String START = "start";
  static final String MOUNTED_VOLUMES = "mounted_volumes";
  static final String VOLUME = "volume";
  static final String MOMENT = "moment";
  static final String SNAPSHOT = "snapshot";
  static final String CLOUD_INIT = "cloud_init";

  private final Tools tools;

  VmCreation(Tools tools) {
    this.tools = tools;
  }

  /// Queues the task that makes a VM real.
  static NewTask task(Decision decision, String path, NewVm vm, JsonNode payload) {
    return new NewTask(
            vm.taskId(),
            path,
            new LocalizedText("Create a VM " + vm.name(), "创建虚拟机 " + vm.name()),
            decision.subject("Vm", vm.id(), "createVm", vm.cluster().id()),
            payload)
        .in(lanes(vm, payload));
  }

  private static List<Lane> lanes(NewVm vm, JsonNode payload) {
    return VolumeFilling.isSlow(payload) ? List.of(Lanes.copy(vm.cluster().id())) : List.of();
  }

  /// What the rows say shall be made.
  private record Plan(VmDefinition vm, Map<String, VolumeDefinition> volumesByRowId) {}

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VmTask(tools, running);
    var host = Destination.require(task.payload());
    var plan = tools.store().read(transaction -> plan(transaction, task));
    try {
      var seen = create(task, plan, host);
      return transaction -> record(transaction, task, seen);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VmTask(tools, running);
    return Destination.find(task.payload()).isPresent()
        ? Optional.of(Faults.asTaskFailures(() -> remove(task)))
        : Optional.empty();
  }

  private static Recording remove(VmTask task) throws InterruptedException {
    if (task.driver().observe(task.vm()).isPresent()) {
      task.driver().powerOff(task.vm());
      task.driver().undefine(task.vm());
    }
    CreatedVolumes.delete(task.driver(), task.payload());
    for (var one : task.payload().path(MOMENT)) {
      Leftovers.delete(task.driver(), new SnapshotId(one.required(SNAPSHOT).textValue()));
    }
    return Recording.NOTHING;
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VmTask(tools, running);
    unlock(transaction, Payloads.texts(task.payload(), MOUNTED_VOLUMES));
    VmRemoval.remove(transaction, task.rowId(), CreatedVolumes.ids(task.payload()));
  }

  private static Plan plan(Transaction transaction, VmTask task) {
    var definitions = new Definitions(transaction);
    var vm = transaction.find(VmRow.TYPE, task.rowId()).orElseThrow();
    var volumes = new TreeMap<String, VolumeDefinition>();
    for (var row : transaction.find(VmVolumeRow.TYPE, CreatedVolumes.ids(task.payload()))) {
      volumes.put(row.id(), definitions.volume(row));
    }
    return new Plan(definitions.vm(vm, cloudInit(task).orElse(null)), volumes);
  }

  private static Optional<CloudInit> cloudInit(VmTask task) {
    return Optional.ofNullable(task.payload().get(CLOUD_INIT))
        .map(json -> CloudInitParams.read(new Params("cloud_init", json)));
  }

  private static VmSeen create(VmTask task, Plan plan, HostId host) throws InterruptedException {
    freeze(task);
    VolumeFilling.create(task, plan.volumesByRowId());
    forget(task);
    var seen = task.driver().define(plan.vm(), host);
    return task.payload().path(START).booleanValue() ? task.driver().start(task.vm(), host) : seen;
  }

  /// Takes the snapshots that the copies are made of.
  private static void freeze(VmTask task) throws InterruptedException {
    var moment = new LinkedHashMap<SnapshotId, VolumeId>();
    for (var one : task.payload().path(MOMENT)) {
      moment.put(
          new SnapshotId(one.required(SNAPSHOT).textValue()),
          new VolumeId(one.required(VOLUME).textValue()));
    }
    if (!moment.isEmpty()) {
      task.driver().snapshot(moment, Consistency.CRASH);
    }
  }

  private static void forget(VmTask task) throws InterruptedException {
    for (var one : task.payload().path(MOMENT)) {
      task.driver().deleteSnapshot(new SnapshotId(one.required(SNAPSHOT).textValue()));
    }
  }

  private static void record(Transaction transaction, VmTask task, VmSeen seen) {
    VmRecords.record(transaction, task.rowId(), seen);
    unlock(transaction, CreatedVolumes.ids(task.payload()));
    unlock(transaction, Payloads.texts(task.payload(), MOUNTED_VOLUMES));
    transaction.update(
        task.rowId(), VmEdit.edit().localId(task.vm().value()).entityAsyncStatus(null));
  }

  private static void unlock(Transaction transaction, List<String> volumeIds) {
    transaction.update(volumeIds, VmVolumeEdit.edit().entityAsyncStatus(null));
  }
}

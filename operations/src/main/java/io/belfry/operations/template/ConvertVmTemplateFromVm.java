package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm.FrozenVolume;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRemoval;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// `convert-vm-template-from-vm`: makes templates of stopped VMs, which are no VMs any more. Their
/// volumes become the templates'; their snapshots stay.
record ConvertVmTemplateFromVm(Tools tools) implements Mutation, TaskWork {
  private static final String VM = "vm";
  private static final String VM_DEVICE = "vm_device";
  private static final String HOST = "host";
  private static final String DISKS = "disks";
  private static final String VOLUME = "volume";
  private static final String VOLUME_ROW = "volume_row";
  private static final String SNAPSHOT = "snapshot";

  @Override
  public String path() {
    return "convert-vm-template-from-vm";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var tasks = new ArrayList<NewTask>();
    for (var params : decision.body().elements()) {
      tasks.add(prepare(decision, params));
    }
    return decision.queue(tasks);
  }

  private NewTask prepare(Decision decision, Params params) {
    var template = new NewTemplate(decision, params);
    var vm = template.vm();
    VmRules.requireStatus(vm, VmStatus.STOPPED);
    var payload =
        JsonNodeFactory.instance
            .objectNode()
            .put(VM, vm.id())
            .put(VM_DEVICE, vm.localId())
            .put(HOST, host(decision.transaction(), vm));
    var disks = payload.putArray(DISKS);
    for (var i = 0; i < template.volumes().size(); i++) {
      var volume = template.volumes().get(i);
      refuseShared(decision, volume, params);
      var disk = new TemplateDisk(new VolumeId(volume.volume().localId()), template.newSnapshot());
      template.show(i, disk);
      disks
          .addObject()
          .put(VOLUME, disk.volume().value())
          .put(VOLUME_ROW, volume.volume().id())
          .put(SNAPSHOT, disk.snapshot().value());
    }
    decision
        .transaction()
        .update(vm.id(), VmEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    return template.write(path(), "convertVmTemplateFromVm", payload);
  }

  /// The hypervisor's id of the host that the VM is kept on, for it to be defined there again.
  private static String host(Transaction transaction, VmRow vm) {
    return Optional.ofNullable(vm.hostId())
        .flatMap(id -> transaction.find(HostRow.TYPE, id))
        .map(HostRow::localId)
        .orElse("");
  }

  private static void refuseShared(Decision decision, FrozenVolume frozen, Params params) {
    var volume = frozen.volume();
    var disks = decision.transaction().related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id()));
    if (volume.sharing() || disks.size() > 1) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "vm_id",
          "%s.vm_id: volume %s of the VM is shared, and can't become a template's"
              .formatted(params.path(), volume.name()));
    }
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    try {
      var kept = new LinkedHashMap<SnapshotId, VolumeId>();
      for (var disk : task.payload().path(DISKS)) {
        kept.put(snapshot(disk), new VolumeId(disk.required(VOLUME).textValue()));
      }
      if (!kept.isEmpty()) {
        tools.driver().snapshot(kept, Consistency.CRASH);
      }
      tools.driver().undefine(vm(task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      NewTemplate.record(transaction, task.payload(), tools.ids().uuid());
      VmRemoval.remove(transaction, rowId(task), volumeRows(task));
    };
  }

  /// The VM is there again, as it was.
  @Override
  public Optional<Undo> undo(RunningTask task) {
    return Optional.of(
        Faults.asTaskFailures(() -> {
          if (tools.driver().observe(vm(task)).isEmpty()) {
            var definition =
                tools
                    .store()
                    .read(transaction ->
                        new Definitions(transaction)
                            .vm(transaction.find(VmRow.TYPE, rowId(task)).orElseThrow(), null));
            tools
                .driver()
                .define(definition, new HostId(task.payload().required(HOST).textValue()));
          }
          for (var disk : task.payload().path(DISKS)) {
            Leftovers.delete(tools.driver(), snapshot(disk));
          }
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    NewTemplate.remove(transaction, task.payload());
    transaction.update(rowId(task), VmEdit.edit().entityAsyncStatus(null));
  }

  private static String rowId(RunningTask task) {
    return task.payload().required(VM).textValue();
  }

  private static VmId vm(RunningTask task) {
    return new VmId(task.payload().required(VM_DEVICE).textValue());
  }

  private static List<String> volumeRows(RunningTask task) {
    return task.payload().path(DISKS).findValuesAsText(VOLUME_ROW);
  }

  private static SnapshotId snapshot(JsonNode disk) {
    return new SnapshotId(disk.required(SNAPSHOT).textValue());
  }
}

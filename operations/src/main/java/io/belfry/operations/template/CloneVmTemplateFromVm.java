package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRules;
import io.belfry.store.Transaction;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// `clone-vm-template-from-vm`: makes templates with copies of what VMs hold, as of one moment. The
/// VMs stay, and are locked until everything is copied.
record CloneVmTemplateFromVm(Tools tools) implements Mutation, TaskWork {
  private static final String VM = "vm";
  private static final String DISKS = "disks";
  private static final String SOURCE = "source";
  private static final String SOURCE_ROW = "source_row";
  private static final String MOMENT = "moment";
  private static final String VOLUME = "volume";
  private static final String SNAPSHOT = "snapshot";

  @Override
  public String path() {
    return "clone-vm-template-from-vm";
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
    VmRules.requireStatus(vm, VmStatus.RUNNING, VmStatus.STOPPED);
    var payload = JsonNodeFactory.instance.objectNode().put(VM, vm.id());
    var disks = payload.putArray(DISKS);
    for (var i = 0; i < template.volumes().size(); i++) {
      var frozen = template.volumes().get(i);
      var disk = template.newDisk();
      template.show(i, disk);
      disks
          .addObject()
          .put(SOURCE, frozen.volume().localId())
          .put(SOURCE_ROW, frozen.volume().id())
          .put(MOMENT, frozen.snapshotLocalId())
          .put(VOLUME, disk.volume().value())
          .put(SNAPSHOT, disk.snapshot().value());
    }
    decision
        .transaction()
        .update(vm.id(), VmEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    return template
        .write(path(), "cloneVmTemplateFromVm", payload)
        .in(List.of(Lanes.copy(VmRules.cluster(vm))));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    try {
      copy(task);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      NewTemplate.record(transaction, task.payload(), tools.ids().uuid());
      unlock(transaction, task);
    };
  }

  private void copy(RunningTask task) throws InterruptedException {
    var disks = task.payload().path(DISKS);
    var moment = new LinkedHashMap<SnapshotId, VolumeId>();
    disks.forEach(disk -> moment.put(snapshot(disk, MOMENT), volume(disk, SOURCE)));
    if (moment.isEmpty()) {
      return;
    }
    tools.driver().snapshot(moment, Consistency.CRASH);
    var done = 0;
    for (var disk : disks) {
      var before = done++;
      tools
          .driver()
          .copyVolume(
              new CopySource.OfSnapshot(snapshot(disk, MOMENT)),
              definition(disk),
              CopyMode.FULL,
              fraction -> task.progress((before + fraction) / (disks.size() + 1)));
    }
    var kept = new LinkedHashMap<SnapshotId, VolumeId>();
    disks.forEach(disk -> kept.put(snapshot(disk, SNAPSHOT), volume(disk, VOLUME)));
    tools.driver().snapshot(kept, Consistency.CRASH);
    forgetMoment(disks);
  }

  /// The volume of the template: as that of the VM, under another id.
  private VolumeDefinition definition(JsonNode disk) {
    var source =
        tools
            .store()
            .read(transaction ->
                new Definitions(transaction)
                    .volume(
                        transaction
                            .find(VmVolumeRow.TYPE, disk.required(SOURCE_ROW).textValue())
                            .orElseThrow()));
    return new VolumeDefinition(
        volume(disk, VOLUME), source.storage(), source.sizeBytes(), source.policy());
  }

  private void forgetMoment(JsonNode disks) throws InterruptedException {
    for (var disk : disks) {
      tools.driver().deleteSnapshot(snapshot(disk, MOMENT));
    }
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    var disks = task.payload().path(DISKS);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          for (var disk : disks) {
            Leftovers.delete(tools.driver(), snapshot(disk, SNAPSHOT));
            Leftovers.delete(tools.driver(), volume(disk, VOLUME));
            Leftovers.delete(tools.driver(), snapshot(disk, MOMENT));
          }
          return Recording.NOTHING;
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    NewTemplate.remove(transaction, task.payload());
    unlock(transaction, task);
  }

  private static void unlock(Transaction transaction, RunningTask task) {
    transaction.update(
        task.payload().required(VM).textValue(), VmEdit.edit().entityAsyncStatus(null));
  }

  private static SnapshotId snapshot(JsonNode disk, String key) {
    return new SnapshotId(disk.required(key).textValue());
  }

  private static VolumeId volume(JsonNode disk, String key) {
    return new VolumeId(disk.required(key).textValue());
  }
}

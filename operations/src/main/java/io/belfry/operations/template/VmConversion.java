package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm.FrozenVolume;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.operations.input.Params;
import io.belfry.operations.template.TemplateChange.Library;
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
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.RunningTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An operation that makes templates of stopped VMs, which are no VMs any more. Their volumes
/// become the templates'; their snapshots stay. If that fails, they are VMs again.
interface VmConversion extends TaskPerElement {
  String TEMPLATE = "template";
  String LIBRARY = "library";
  String VM = "vm";
  String VM_DEVICE = "vm_device";
  String HOST = "host";
  String DISKS = "disks";
  String VOLUME = "volume";
  String VOLUME_ROW = "volume_row";
  String SNAPSHOT = "snapshot";

  Tools tools();

  /// Writes the row of a template that the VM's volumes become the disks of.
  ///
  /// @param library what it is a copy of; null for nothing
  /// @return the payload of the task that makes it
  default ObjectNode convert(Decision decision, NewTemplate template, @Nullable String library) {
    var vm = template.vm();
    VmRules.requireStatus(vm, VmStatus.STOPPED);
    var payload =
        JsonNodeFactory.instance
            .objectNode()
            .put(VM, vm.id())
            .put(VM_DEVICE, vm.localId())
            .put(HOST, host(decision.transaction(), vm))
            .put(LIBRARY, library);
    var shown = template.disks();
    var disks = payload.putArray(DISKS);
    for (var frozen : template.volumes()) {
      refuseShared(decision, frozen, template.params());
      var disk =
          new TemplateDisk(
              new VolumeId(frozen.volume().localId()),
              new SnapshotId(decision.tools().ids().uuid()));
      show(shown, frozen, disk);
      disks
          .addObject()
          .put(VOLUME, disk.volume().value())
          .put(VOLUME_ROW, frozen.volume().id())
          .put(SNAPSHOT, disk.snapshot().value());
    }
    template.mark(EntityAsyncStatus.DELETING);
    return payload.put(TEMPLATE, template.write(VmRules.cluster(vm), shown, library));
  }

  private static void show(JsonNode shown, FrozenVolume frozen, TemplateDisk disk) {
    for (var one : shown) {
      if (one.path("snapshot_local_id").asText().equals(frozen.snapshotName())) {
        disk.show((ObjectNode) one);
        ((ObjectNode) one).put("path", "volume://" + disk.volume().value());
        return;
      }
    }
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
      var key = params.has("vm_id") ? "vm_id" : "vm";
      throw params.refused(
          ProblemCode.PRECONDITION,
          key,
          "%s.%s: volume %s of the VM is shared, and can't become a template's"
              .formatted(params.path(), key, volume.name()));
    }
  }

  @Override
  default Recording act(RunningTask task) throws InterruptedException {
    try {
      var kept = new LinkedHashMap<SnapshotId, VolumeId>();
      for (var disk : task.payload().path(DISKS)) {
        kept.put(snapshot(disk), new VolumeId(disk.required(VOLUME).textValue()));
      }
      if (!kept.isEmpty()) {
        tools().driver().snapshot(kept, Consistency.CRASH);
      }
      tools().driver().undefine(vm(task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      transaction.update(
          task.payload().required(TEMPLATE).textValue(),
          VmTemplateEdit.edit().localId(tools().ids().uuid()).entityAsyncStatus(null));
      VmRemoval.remove(transaction, rowId(task), volumeRows(task));
      LibraryTemplates.record(transaction, library(task), TemplateChange.nothing());
    };
  }

  /// The VM is there again, as it was.
  @Override
  default Optional<Undo> undo(RunningTask task) {
    return Optional.of(
        Faults.asTaskFailures(() -> {
          if (tools().driver().observe(vm(task)).isEmpty()) {
            var definition =
                tools()
                    .store()
                    .read(transaction ->
                        new Definitions(transaction)
                            .vm(transaction.find(VmRow.TYPE, rowId(task)).orElseThrow(), null));
            tools()
                .driver()
                .define(definition, new HostId(task.payload().required(HOST).textValue()));
          }
          for (var disk : task.payload().path(DISKS)) {
            Leftovers.delete(tools().driver(), snapshot(disk));
          }
          return Recording.NOTHING;
        }));
  }

  @Override
  default void rollBack(Transaction transaction, RunningTask task) {
    transaction.delete(VmTemplateRow.TYPE, List.of(task.payload().required(TEMPLATE).textValue()));
    LibraryTemplates.rollBack(transaction, library(task));
    transaction.update(rowId(task), VmEdit.edit().entityAsyncStatus(null));
  }

  private static @Nullable Library library(RunningTask task) {
    var id = task.payload().path(LIBRARY).textValue();
    return id == null ? null : new Library(id, Library.Fate.CREATED);
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

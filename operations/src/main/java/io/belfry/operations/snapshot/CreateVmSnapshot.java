package io.belfry.operations.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ConsistentType;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmSnapshotEdit;
import io.belfry.store.rows.VmSnapshotRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// `create-vm-snapshot`: keeps the configuration of VMs and the content of their volumes as of one
/// moment; each volume gives a LUN snapshot. The VM is locked meanwhile. Guide: 虚拟机备份.
public final class CreateVmSnapshot implements Mutation, TaskWork {
  private static final String SNAPSHOT = "snapshot";
  private static final String VM = "vm";
  private static final String CONSISTENT = "consistent";
  private static final String LUNS = "luns";

  private final Tools tools;

  public CreateVmSnapshot(Tools tools) {
    this.tools = tools;
  }

  @Override
  public String path() {
    return "create-vm-snapshot";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var tasks = new ArrayList<NewTask>();
    for (var params : decision.body().objects("data")) {
      tasks.add(prepare(decision, params));
    }
    return decision.queue(tasks);
  }

  private NewTask prepare(Decision decision, Params params) {
    var vm = lockedVm(decision, params);
    var type =
        params
            .optionalText("consistent_type")
            .map(ConsistentType::of)
            .orElse(ConsistentType.CRASH_CONSISTENT);
    var fileSystem = type == ConsistentType.FILE_SYSTEM_CONSISTENT;
    if (fileSystem && vm.vmToolsStatus() != VmToolsStatus.RUNNING) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "consistent_type",
          "%s.consistent_type: FILE_SYSTEM_CONSISTENT needs running VMTools in VM %s, which are %s"
              .formatted(params.path(), vm.name(), vm.vmToolsStatus().wire()));
    }
    var frozen = new FrozenVm(decision.transaction(), tools.ids(), vm);
    var id = tools.ids().cuid();
    var name = params.text("name");
    decision.transaction().insert(row(decision, frozen, id, name, type));
    decision
        .transaction()
        .update(vm.id(), VmEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    var payload = JsonNodeFactory.instance.objectNode();
    payload.put(SNAPSHOT, id).put(VM, vm.id()).put(CONSISTENT, fileSystem).set(LUNS, luns(frozen));
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText(
            "Create VM snapshot %s of VM %s".formatted(name, vm.name()),
            "创建虚拟机 %s 的快照 %s".formatted(vm.name(), name)),
        decision.subject("VmSnapshot", id, "createVmSnapshot", VmRules.cluster(vm)),
        payload);
  }

  private static VmRow lockedVm(Decision decision, Params params) {
    var id = params.text("vm_id");
    decision.require(VmRow.TYPE, id, params.path() + ".vm_id");
    var vm = decision.transaction().lock(VmRow.TYPE, List.of(id)).getFirst();
    VmRules.refuseBusy(vm);
    VmRules.refuseBinned(vm);
    VmRules.requireStatus(vm, VmStatus.RUNNING, VmStatus.STOPPED, VmStatus.SUSPENDED);
    return vm;
  }

  private static VmSnapshotEdit row(
      Decision decision, FrozenVm frozen, String id, String name, ConsistentType type) {
    var vm = frozen.vm();
    return VmSnapshotEdit.edit()
        .id(id)
        .localId(Definitions.placeholder(id))
        .name(name)
        .description("")
        .vmId(vm.id())
        .clusterId(VmRules.cluster(vm))
        .consistentType(type)
        .clockOffset(vm.clockOffset())
        .cpu(vm.cpu())
        .cpuModel(vm.cpuModel())
        .vcpu(vm.vcpu())
        .memory(vm.memory())
        .firmware(vm.firmware())
        .ha(vm.ha())
        .haPriority(vm.haPriority())
        .winOpt(vm.winOpt())
        .ioPolicy(vm.ioPolicy())
        .maxIops(vm.maxIops())
        .maxIopsPolicy(vm.maxIopsPolicy())
        .maxBandwidth(vm.maxBandwidth())
        .maxBandwidthPolicy(vm.maxBandwidthPolicy())
        .size(frozen.sizeBytes())
        .vmDisks(frozen.disks())
        .vmNics(frozen.nics())
        .localCreatedAt(decision.tools().clock().instant())
        .entityAsyncStatus(EntityAsyncStatus.CREATING);
  }

  private static ArrayNode luns(FrozenVm frozen) {
    var luns = JsonNodeFactory.instance.arrayNode();
    for (var volume : frozen.volumes()) {
      luns.addObject()
          .put("name", volume.snapshotName())
          .put("snapshot", volume.snapshotLocalId())
          .put("volume", volume.volume().localId())
          .put("lun", volume.volume().lunId());
    }
    return luns;
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    var volumes = new LinkedHashMap<SnapshotId, VolumeId>();
    for (var lun : task.payload().path(LUNS)) {
      volumes.put(
          new SnapshotId(lun.required("snapshot").textValue()),
          new VolumeId(lun.required("volume").textValue()));
    }
    var consistency =
        task.payload().path(CONSISTENT).booleanValue()
            ? Consistency.FILE_SYSTEM
            : Consistency.CRASH;
    try {
      var seen =
          volumes.isEmpty()
              ? List.<SnapshotSeen>of()
              : tools.driver().snapshot(volumes, consistency);
      return transaction -> record(transaction, task.payload(), seen);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private void record(Transaction transaction, JsonNode payload, List<SnapshotSeen> seen) {
    for (var lun : payload.path(LUNS)) {
      var localId = lun.required("snapshot").textValue();
      seen.stream()
          .filter(snapshot -> snapshot.id().value().equals(localId))
          .forEach(snapshot -> LunSnapshots.insert(transaction, tools, lun, snapshot));
    }
    var id = payload.required(SNAPSHOT).textValue();
    transaction.update(
        id, VmSnapshotEdit.edit().localId(tools.ids().uuid()).entityAsyncStatus(null));
    unlock(transaction, payload);
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    var luns = task.payload().path(LUNS);
    return luns.isEmpty()
        ? Optional.empty()
        : Optional.of(Faults.asTaskFailures(() -> deleteSnapshots(luns)));
  }

  private Recording deleteSnapshots(JsonNode luns) throws InterruptedException {
    for (var lun : luns) {
      tools.driver().deleteSnapshot(new SnapshotId(lun.required("snapshot").textValue()));
    }
    return Recording.NOTHING;
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.delete(VmSnapshotRow.TYPE, List.of(task.payload().required(SNAPSHOT).textValue()));
    unlock(transaction, task.payload());
  }

  private static void unlock(Transaction transaction, JsonNode payload) {
    transaction.update(payload.required(VM).textValue(), VmEdit.edit().entityAsyncStatus(null));
  }
}

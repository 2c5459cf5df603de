package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm;
import io.belfry.operations.device.FrozenVm.FrozenVolume;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.NewTask;
import java.util.List;

/// A template that a decision is about to make of a VM.
final class NewTemplate {
  static final String TEMPLATE = "template";

  private final Decision decision;
  private final Params params;
  private final VmRow vm;
  private final FrozenVm frozen;
  private final String id;
  private final ArrayNode disks;

  /// @param params what the request says of the template
  NewTemplate(Decision decision, Params params) {
    this.decision = decision;
    this.params = params;
    this.vm = vm(decision, params);
    this.frozen = new FrozenVm(decision.transaction(), decision.tools().ids(), vm);
    this.id = decision.tools().ids().cuid();
    this.disks = frozen.disks();
  }

  /// The VM, locked, which no task changes.
  private static VmRow vm(Decision decision, Params params) {
    var id = params.text("vm_id");
    decision.transaction().lock(VmRow.TYPE, List.of(id));
    var vm = decision.require(VmRow.TYPE, id, params.path() + ".vm_id");
    VmRules.refuseBusy(vm);
    VmRules.refuseBinned(vm);
    var cluster = params.optionalText("cluster_id").filter(given -> !given.isEmpty());
    if (cluster.isPresent() && !cluster.get().equals(VmRules.cluster(vm))) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "cluster_id",
          "%s.cluster_id: VM %s is in another cluster, and so will be the template"
              .formatted(params.path(), vm.name()));
    }
    return vm;
  }

  VmRow vm() {
    return vm;
  }

  /// The VM's volumes, and the ids of snapshots that could be taken of them.
  List<FrozenVolume> volumes() {
    return frozen.volumes();
  }

  /// Shows a volume of the template in place of one of the VM.
  ///
  /// @param index of the VM's volumes
  void show(int index, TemplateDisk disk) {
    var name = frozen.volumes().get(index).snapshotName();
    for (var shown : disks) {
      if (shown.path("snapshot_local_id").asText().equals(name)) {
        disk.show((ObjectNode) shown);
        ((ObjectNode) shown).put("path", "volume://" + disk.volume().value());
        return;
      }
    }
  }

  /// Writes the row, and prepares the task that makes the template real.
  ///
  /// @param mutation the change's name in tasks
  NewTask write(String path, String mutation, ObjectNode payload) {
    var name = params.text("name");
    decision
        .transaction()
        .insert(
            VmTemplateEdit.edit()
                .id(id)
                .localId(Definitions.placeholder(id))
                .name(name)
                .description(params.optionalText("description").orElse(""))
                .clusterId(VmRules.cluster(vm))
                .cloudInitSupported(params.flag("cloud_init_supported", false))
                .cpu(vm.cpu())
                .vcpu(vm.vcpu())
                .memory(vm.memory())
                .size(frozen.sizeBytes())
                .cpuModel(vm.cpuModel())
                .clockOffset(vm.clockOffset())
                .firmware(vm.firmware())
                .ha(vm.ha())
                .winOpt(vm.winOpt())
                .ioPolicy(vm.ioPolicy())
                .maxIops(vm.maxIops())
                .maxIopsPolicy(vm.maxIopsPolicy())
                .maxBandwidth(vm.maxBandwidth())
                .maxBandwidthPolicy(vm.maxBandwidthPolicy())
                .videoType(vm.videoType() == null ? null : vm.videoType().wire())
                .vmDisks(disks)
                .vmNics(nics())
                .localCreatedAt(decision.tools().clock().instant())
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    return new NewTask(
        decision.tools().ids().cuid(),
        path,
        new LocalizedText(
            "Create VM template %s from VM %s".formatted(name, vm.name()),
            "从虚拟机 %s 创建虚拟机模版 %s".formatted(vm.name(), name)),
        decision.subject("VmTemplate", id, mutation, VmRules.cluster(vm)),
        payload.put(TEMPLATE, id));
  }

  /// As templates show them.
  private JsonNode nics() {
    var nics = JsonNodeFactory.instance.arrayNode();
    for (var nic : frozen.nics()) {
      nics.add(((ObjectNode) nic.deepCopy()).without(List.of("gateway", "subnet_mask")));
    }
    return nics;
  }

  /// A volume or snapshot of the template that is still to be made.
  TemplateDisk newDisk() {
    return new TemplateDisk(new VolumeId(decision.tools().ids().uuid()), newSnapshot());
  }

  SnapshotId newSnapshot() {
    return new SnapshotId(decision.tools().ids().uuid());
  }

  /// Shows that a template is made.
  static void record(Transaction transaction, JsonNode payload, String localId) {
    transaction.update(
        payload.required(TEMPLATE).textValue(),
        VmTemplateEdit.edit().localId(localId).entityAsyncStatus(null));
  }

  /// Removes a template that could not be made.
  static void remove(Transaction transaction, JsonNode payload) {
    transaction.delete(VmTemplateRow.TYPE, List.of(payload.required(TEMPLATE).textValue()));
  }
}

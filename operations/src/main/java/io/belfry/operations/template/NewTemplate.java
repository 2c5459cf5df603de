package io.belfry.operations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.FrozenVm;
import io.belfry.operations.device.FrozenVm.FrozenVolume;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmTemplateEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template that a decision is about to make of a VM.
final class NewTemplate {
  private final Decision decision;
  private final Params params;
  private final VmRow vm;
  private final FrozenVm frozen;

  /// @param params what the request says of the template
  /// @param vm locked, with no task that changes it
  NewTemplate(Decision decision, Params params, VmRow vm) {
    this.decision = decision;
    this.params = params;
    this.vm = vm;
    this.frozen = new FrozenVm(decision.transaction(), decision.tools().ids(), vm);
  }

  /// A template of a cluster: that of the VM that `vm_id` names.
  static NewTemplate ofCluster(Decision decision, Params params) {
    var vm = vm(decision, params.text("vm_id"), params.path() + ".vm_id");
    var cluster = params.optionalText("cluster_id").filter(given -> !given.isEmpty());
    if (cluster.isPresent() && !cluster.get().equals(VmRules.cluster(vm))) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "cluster_id",
          "%s.cluster_id: VM %s is in another cluster, and so will be the template"
              .formatted(params.path(), vm.name()));
    }
    return new NewTemplate(decision, params, vm);
  }

  /// A template of the content library, of the VM that `vm` names.
  static NewTemplate ofLibrary(Decision decision, Params params) {
    var vm = vm(decision, params.object("vm").text("id"), params.path() + ".vm.id");
    return new NewTemplate(decision, params, vm);
  }

  private static VmRow vm(Decision decision, String id, String parameter) {
    decision.transaction().lock(VmRow.TYPE, List.of(id));
    var vm = decision.require(VmRow.TYPE, id, parameter);
    VmRules.refuseBusy(vm);
    VmRules.refuseBinned(vm);
    return vm;
  }

  VmRow vm() {
    return vm;
  }

  Params params() {
    return params;
  }

  String name() {
    return params.text("name");
  }

  String description() {
    return params.optionalText("description").orElse("");
  }

  boolean isCloudInitSupported() {
    return params.flag("cloud_init_supported", false);
  }

  long sizeBytes() {
    return frozen.sizeBytes();
  }

  /// The VM's volumes, and the ids of snapshots that could be taken of them.
  List<FrozenVolume> volumes() {
    return frozen.volumes();
  }

  /// The disks and CD drives of the VM; each disk names the snapshot of its volume.
  ArrayNode disks() {
    return frozen.disks().deepCopy();
  }

  /// As templates show them.
  ArrayNode nics() {
    var nics = JsonNodeFactory.instance.arrayNode();
    for (var nic : frozen.nics()) {
      nics.add(((ObjectNode) nic.deepCopy()).without(List.of("gateway", "subnet_mask")));
    }
    return nics;
  }

  /// What tasks say that make it.
  LocalizedText text() {
    return new LocalizedText(
        "Create VM template %s from VM %s".formatted(name(), vm.name()),
        "从虚拟机 %s 创建虚拟机模版 %s".formatted(vm.name(), name()));
  }

  /// Marks the VM as being changed by a task.
  void mark(EntityAsyncStatus underWay) {
    decision.transaction().update(vm.id(), VmEdit.edit().entityAsyncStatus(underWay));
  }

  /// Writes the row of a template of a cluster.
  ///
  /// @param disks as it shows them
  /// @param library what it is a copy of; null for nothing
  /// @return the row's id
  String write(String clusterId, JsonNode disks, @Nullable String library) {
    var id = decision.tools().ids().cuid();
    decision
        .transaction()
        .insert(
            VmTemplateEdit.edit()
                .id(id)
                .localId(Definitions.placeholder(id))
                .name(name())
                .description(description())
                .clusterId(clusterId)
                .contentLibraryVmTemplateId(library)
                .cloudInitSupported(isCloudInitSupported())
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
    return id;
  }
}

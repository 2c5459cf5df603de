package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.FrozenVm;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// `clone-vm`: creates VMs with the configuration and the content of others, as of one moment: what
/// a power cut would leave of a VM that runs. What the request says goes before what the VM is.
record CloneVm(VmCreation creation) implements CreatesVms {
  CloneVm(Tools tools) {
    this(new VmCreation(tools));
  }

  @Override
  public String path() {
    return "clone-vm";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var elements = decision.body().elements();
    decision
        .transaction()
        .lock(VmRow.TYPE, elements.stream().map(params -> params.text("src_vm_id")).toList());
    var requested =
        elements.stream()
            .map(params ->
                OriginCluster.named(params, "src_vm_id", VmRules.cluster(source(decision, params))))
            .toList();
    return NewVms.queue(decision, path(), requested, CloneVm::write);
  }

  private static VmRow source(Decision decision, Params params) {
    var source =
        decision.require(VmRow.TYPE, params.text("src_vm_id"), params.path() + ".src_vm_id");
    VmRules.refuseBusy(source);
    VmRules.refuseBinned(source);
    VmRules.requireStatus(source, VmStatus.RUNNING, VmStatus.STOPPED);
    return source;
  }

  private static ObjectNode write(NewVm vm) {
    var decision = vm.decision();
    var source = source(decision, vm.params());
    var payload = vm.write(configuration(source), source.cpu(), source.memory());
    var frozen = new FrozenVm(decision.transaction(), decision.tools().ids(), source);
    vm.freeze(frozen.volumes());
    var snapshots =
        frozen.volumes().stream()
            .collect(
                Collectors.toMap(
                    FrozenVm.FrozenVolume::snapshotName, FrozenVm.FrozenVolume::snapshotLocalId));
    var devices =
        new FrozenDevices(
            vm, frozen.disks(), frozen.nics(), name -> Objects.requireNonNull(snapshots.get(name)));
    new CopiedDevices(devices, vm).add(vm.params());
    return payload;
  }

  private static VmEdit configuration(VmRow source) {
    return NewVm.blank()
        .description(source.description())
        .firmware(source.firmware())
        .ha(source.ha())
        .haPriority(source.haPriority())
        .clockOffset(source.clockOffset())
        .cpuModel(source.cpuModel())
        .winOpt(source.winOpt())
        .videoType(source.videoType())
        .guestOsType(source.guestOsType())
        .os(source.os())
        .cloudInitSupported(source.cloudInitSupported())
        .ioPolicy(source.ioPolicy())
        .maxIops(source.maxIops())
        .maxIopsPolicy(source.maxIopsPolicy())
        .maxBandwidth(source.maxBandwidth())
        .maxBandwidthPolicy(source.maxBandwidthPolicy());
  }
}

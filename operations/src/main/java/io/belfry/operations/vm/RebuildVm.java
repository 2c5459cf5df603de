package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.SnapshotRows;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmSnapshotRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `rebuild-vm-from-snapshot`: creates VMs with the configuration and the content that snapshots
/// kept, also of VMs that are gone. What the request says goes before what the snapshot says.
record RebuildVm(VmCreation creation) implements CreatesVms {
  private static final String SNAPSHOT = "rebuild_from_snapshot_id";

  RebuildVm(Tools tools) {
    this(new VmCreation(tools));
  }

  @Override
  public String path() {
    return "rebuild-vm-from-snapshot";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var requested =
        decision.body().elements().stream()
            .map(params ->
                OriginCluster.named(params, SNAPSHOT, snapshot(decision, params).clusterId()))
            .toList();
    return NewVms.queue(decision, path(), requested, RebuildVm::write);
  }

  private static VmSnapshotRow snapshot(Decision decision, Params params) {
    var snapshot =
        decision.require(VmSnapshotRow.TYPE, params.text(SNAPSHOT), params.path() + "." + SNAPSHOT);
    Busy.refuse("VM_SNAPSHOT", snapshot.id(), snapshot.entityAsyncStatus());
    return snapshot;
  }

  private static ObjectNode write(NewVm vm) {
    var snapshot = snapshot(vm.decision(), vm.params());
    var edit = configuration(snapshot);
    if (snapshot.vmId() != null) {
      vm.decision()
          .transaction()
          .find(VmRow.TYPE, snapshot.vmId())
          .ifPresent(its -> guest(edit, its));
    }
    var payload = vm.write(edit, snapshot.cpu(), snapshot.memory());
    var contents = contents(vm.decision(), snapshot);
    var devices =
        new FrozenDevices(
            vm,
            snapshot.vmDisks(),
            snapshot.vmNics(),
            name -> content(contents, name, vm.params()));
    new CopiedDevices(devices, vm).add(vm.params());
    return payload;
  }

  /// The hypervisor's ids of the snapshots with the content, by the names in frozen disks.
  private static Map<String, String> contents(Decision decision, VmSnapshotRow snapshot) {
    return SnapshotRows.ofLuns(decision.transaction(), List.of(snapshot.id())).stream()
        .collect(Collectors.toMap(IscsiLunSnapshotRow::name, IscsiLunSnapshotRow::localId));
  }

  private static String content(Map<String, String> contents, String name, Params params) {
    var localId = contents.get(name);
    if (localId == null) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          SNAPSHOT,
          "%s.%s: the content of one of its disks, LUN snapshot %s, is gone"
              .formatted(params.path(), SNAPSHOT, name));
    }
    return localId;
  }

  private static VmEdit configuration(VmSnapshotRow snapshot) {
    return NewVm.blank()
        .firmware(snapshot.firmware())
        .ha(snapshot.ha())
        .haPriority(snapshot.haPriority())
        .clockOffset(snapshot.clockOffset())
        .cpuModel(snapshot.cpuModel())
        .winOpt(snapshot.winOpt())
        .ioPolicy(snapshot.ioPolicy())
        .maxIops(snapshot.maxIops())
        .maxIopsPolicy(snapshot.maxIopsPolicy())
        .maxBandwidth(snapshot.maxBandwidth())
        .maxBandwidthPolicy(snapshot.maxBandwidthPolicy());
  }

  /// What snapshots don't keep.
  private static void guest(VmEdit edit, VmRow vm) {
    edit.videoType(vm.videoType())
        .guestOsType(vm.guestOsType())
        .os(vm.os())
        .cloudInitSupported(vm.cloudInitSupported());
  }
}

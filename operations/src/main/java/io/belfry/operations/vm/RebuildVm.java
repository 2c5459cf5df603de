package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import java.util.List;

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
                OriginCluster.named(
                    params,
                    SNAPSHOT,
                    KeptSnapshot.named(decision, params, SNAPSHOT).row().clusterId()))
            .toList();
    return NewVms.queue(decision, path(), requested, RebuildVm::write);
  }

  private static ObjectNode write(NewVm vm) {
    var kept = KeptSnapshot.named(vm.decision(), vm.params(), SNAPSHOT);
    var snapshot = kept.row();
    var edit = KeptSnapshot.configuration(snapshot, NewVm.blank());
    if (snapshot.vmId() != null) {
      vm.decision()
          .transaction()
          .find(VmRow.TYPE, snapshot.vmId())
          .ifPresent(its -> guest(edit, its));
    }
    var payload = vm.write(edit, snapshot.cpu(), snapshot.memory());
    var devices = new FrozenDevices(vm, snapshot.vmDisks(), snapshot.vmNics(), kept::content);
    new CopiedDevices(devices, vm).add(vm.params());
    return payload;
  }

  /// What snapshots don't keep.
  private static void guest(VmEdit edit, VmRow vm) {
    edit.videoType(vm.videoType())
        .guestOsType(vm.guestOsType())
        .os(vm.os())
        .cloudInitSupported(vm.cloudInitSupported());
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.NewDisks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.device.Volumes;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.List;
import java.util.Optional;

/// A VM without devices that a decision is about to give those back that a snapshot kept.
final class RestoredVm implements Equipped {
  private final Decision decision;
  private final VmRow vm;
  private final KeptSnapshot snapshot;
  private final Networks networks;
  private final NewDisks disks;
  private final NewNics nics;
  private final VolumeFilling filling = new VolumeFilling();
  private final ArrayNode reverted = JsonNodeFactory.instance.arrayNode();

  RestoredVm(
      Decision decision, Volumes volumes, Networks networks, VmRow vm, KeptSnapshot snapshot) {
    this.decision = decision;
    this.vm = vm;
    this.snapshot = snapshot;
    this.networks = networks;
    this.disks = new NewDisks(decision, volumes, clusterId(), vm.id(), 0);
    this.nics = new NewNics(decision, networks, clusterId(), vm.id(), 0);
  }

  @Override
  public Decision decision() {
    return decision;
  }

  @Override
  public String clusterId() {
    return VmRules.cluster(vm);
  }

  @Override
  public String name() {
    return vm.name();
  }

  @Override
  public NewDisks disks() {
    return disks;
  }

  @Override
  public NewNics nics() {
    return nics;
  }

  /// The one that it had.
  @Override
  public String volumeName(JsonNode disk) {
    return disk.path("disk_name").asText(name());
  }

  @Override
  public VolumeFilling filling() {
    return filling;
  }

  /// The hypervisor's ids of the snapshots that their volumes are reverted to.
  ArrayNode reverted() {
    return reverted;
  }

  void addDevices() {
    var frozen =
        new FrozenDevices(
            this, snapshot.row().vmDisks(), snapshot.row().vmNics(), snapshot::content);
    frozen.drives().forEach(frozen::copyDrive);
    frozen.disks().forEach(disk -> addDisk(frozen, disk));
    for (var nic : frozen.nics()) {
      frozen.addNic(nic, networks.formerMac(nic.path("mac_address").asText()));
    }
  }

  private void addDisk(FrozenDevices frozen, JsonNode disk) {
    var volume = volume(disk);
    if (volume.isEmpty()) {
      frozen.copyDisk(disk, Bus.of(disk.path("bus").textValue()), true);
      return;
    }
    reverted.add(snapshot.content(disk.path("snapshot_local_id").asText()));
    frozen.mountDisk(disk, volume.get());
  }

  /// The volume that the VM had, locked; nothing if it is gone.
  ///
  /// @throws io.belfry.problem.ProblemException if another VM has it now, or a task changes it
  private Optional<VmVolumeRow> volume(JsonNode disk) {
    var found =
        decision
            .transaction()
            .rows(
                VmVolumeRow.TYPE,
                "WHERE local_id = ? AND cluster_id = ? FOR NO KEY UPDATE",
                List.of(disk.path("vm_volume_local_id").asText(), clusterId()))
            .stream()
            .findFirst();
    found.ifPresent(volume -> {
      Volumes.refuseBusy(volume);
      refuseMountedElsewhere(volume);
    });
    return found;
  }

  private void refuseMountedElsewhere(VmVolumeRow volume) {
    var disks = decision.transaction().related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id()));
    if (!disks.isEmpty() && !volume.sharing()) {
      throw snapshot.refused(
          ProblemCode.PRECONDITION,
          "volume %s of VM %s is mounted by another VM now".formatted(volume.name(), vm.name()));
    }
  }
}

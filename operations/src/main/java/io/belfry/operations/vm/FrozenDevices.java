package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.device.ClusterPolicies;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.Bus;
import io.belfry.store.rows.ElfImageRow;
import io.belfry.store.rows.SvtImageRow;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskIoRestrictType;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import io.belfry.store.rows.VmVolumeRow;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The disks, CD drives and NICs of what a VM is made from, `vm_disks` and `vm_nics` of a template
/// or a snapshot, and how the new VM gets the same.
final class FrozenDevices {
  private final Equipped vm;
  private final List<JsonNode> disks;
  private final List<JsonNode> nics;
  private final UnaryOperator<String> snapshots;

  /// @param disks null for none
  /// @param nics null for none
  /// @param snapshots the hypervisor's id of a snapshot that a frozen disk names
  FrozenDevices(
      Equipped vm,
      @Nullable JsonNode disks,
      @Nullable JsonNode nics,
      UnaryOperator<String> snapshots) {
    this.vm = vm;
    this.disks = byIndex(disks);
    this.nics = byIndex(nics);
    this.snapshots = snapshots;
  }

  private static List<JsonNode> byIndex(@Nullable JsonNode devices) {
    return devices == null
        ? List.of()
        : StreamSupport.stream(devices.spliterator(), false)
            .sorted(Comparator.comparingInt(device -> device.path("index").intValue()))
            .toList();
  }

  /// The disks, in their order.
  List<JsonNode> disks() {
    return ofType(VmDiskType.DISK);
  }

  /// The CD drives, in their order.
  List<JsonNode> drives() {
    return ofType(VmDiskType.CD_ROM);
  }

  private List<JsonNode> ofType(VmDiskType type) {
    return disks.stream().filter(disk -> disk.path("type").asText().equals(type.wire())).toList();
  }

  /// Gives the VM a disk like this one, with its content.
  ///
  /// @param linked whether the volume may share blocks with its origin
  void copyDisk(JsonNode disk, Bus bus, boolean linked) {
    var boot = disk.path("boot").intValue();
    fill(vm.disks().create(volume(disk), boot, bus), disk, linked);
    limit(disk);
  }

  /// Gives the VM a disk like this one, with a volume that exists and is locked.
  void mountDisk(JsonNode disk, VmVolumeRow volume) {
    var bus = Bus.of(disk.path("bus").textValue());
    vm.disks().mount(volume, disk.path("boot").intValue(), bus);
    limit(disk);
  }

  /// Limits the VM's last disk as this one is.
  private void limit(JsonNode disk) {
    var edit = VmDiskEdit.edit();
    if (disk.hasNonNull("max_iops")) {
      edit.maxIops(disk.path("max_iops").intValue());
    }
    if (disk.hasNonNull("max_iops_policy")) {
      edit.maxIopsPolicy(VmDiskIoRestrictType.of(disk.path("max_iops_policy").textValue()));
    }
    if (disk.hasNonNull("max_bandwidth")) {
      edit.maxBandwidth(disk.path("max_bandwidth").longValue());
    }
    if (disk.hasNonNull("max_bandwidth_policy")) {
      edit.maxBandwidthPolicy(
          VmDiskIoRestrictType.of(disk.path("max_bandwidth_policy").textValue()));
    }
    if (!edit.values().isEmpty()) {
      vm.decision().transaction().update(vm.disks().diskIds().getLast(), edit);
    }
  }

  /// A volume for the VM like that of a disk.
  Volumes.NewVolume volume(JsonNode disk) {
    return new Volumes.NewVolume(
        vm.clusterId(),
        vm.volumeName(disk),
        "",
        disk.path("size").longValue(),
        policy(disk),
        false);
  }

  /// Fills a volume of the VM with the content of a disk.
  void fill(String volumeId, JsonNode disk, boolean linked) {
    var snapshot = disk.path("snapshot_local_id").asText("");
    if (snapshot.isEmpty()) {
      vm.filling().copy(volumeId, disk.path("vm_volume_local_id").textValue(), false, linked);
    } else {
      vm.filling().copy(volumeId, snapshots.apply(snapshot), true, linked);
    }
  }

  /// Gives the VM a CD drive like this one; an empty one if its image is gone.
  void copyDrive(JsonNode drive) {
    var transaction = vm.decision().transaction();
    var elfImage =
        transaction
            .rows(
                ElfImageRow.TYPE,
                "WHERE local_id = ? AND cluster_id = ? LIMIT 1",
                List.of(drive.path("elf_image_local_id").asText(), vm.clusterId()))
            .stream()
            .findFirst();
    var toolsImage =
        transaction
            .rows(
                SvtImageRow.TYPE,
                "WHERE local_id = ? AND cluster_id = ? LIMIT 1",
                List.of(drive.path("svt_image_local_id").asText(), vm.clusterId()))
            .stream()
            .findFirst();
    vm.disks()
        .addCdRom(
            drive.path("boot").intValue(),
            drive.path("disabled").asBoolean(false),
            elfImage.map(ElfImageRow::id).orElse(null),
            toolsImage.map(SvtImageRow::id).orElse(null));
  }

  /// Gives the VM the NICs that the request describes, or else the same NICs, with new addresses.
  void addNics(Params params) {
    if (params.json().hasNonNull("vm_nics")) {
      params.objects("vm_nics").forEach(vm.nics()::add);
    } else {
      nics.forEach(this::addNic);
    }
  }

  /// That of the volume that the disk had, or, once it is gone, the one that the disk names.
  private VmVolumeElfStoragePolicyType policy(JsonNode disk) {
    return vm
        .decision()
        .transaction()
        .rows(
            VmVolumeRow.TYPE,
            "WHERE local_id = ? AND cluster_id = ? LIMIT 1",
            List.of(disk.path("vm_volume_local_id").asText(), vm.clusterId()))
        .stream()
        .findFirst()
        .map(VmVolumeRow::elfStoragePolicy)
        .orElseGet(() ->
            ClusterPolicies.type(
                vm.decision().transaction(),
                vm.clusterId(),
                disk.path("storage_policy_uuid").asText()));
  }

  private void addNic(JsonNode nic) {
    addNic(nic, vm.nics().newMac());
  }

  /// Gives the VM a NIC like this one, with another address.
  void addNic(JsonNode nic, String mac) {
    var model = nic.path("model").textValue();
    vm.nics()
        .add(
            vlan(nic.path("vlan").path("vlan_local_id").asText("")),
            model == null ? VmNicModel.VIRTIO : VmNicModel.of(model),
            mac,
            nic.path("enabled").asBoolean(true),
            nic.path("mirror").asBoolean(false));
  }

  /// The NICs, in their order.
  List<JsonNode> nics() {
    return nics;
  }

  /// The same VLAN, or the cluster's default VM network where the cluster doesn't have that.
  private VlanRow vlan(String localId) {
    var vlans =
        vm.decision()
            .transaction()
            .rows(
                VlanRow.TYPE,
                """
                WHERE type = 'VM'
                  AND vds_id IN (SELECT id FROM tower.vds WHERE cluster_id = ?)
                ORDER BY local_id = ? DESC, name = 'default' DESC, id
                LIMIT 1
                """,
                List.of(vm.clusterId(), localId));
    if (vlans.isEmpty()) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "cluster %s has no VM network for the NICs of VM %s"
                  .formatted(vm.clusterId(), vm.name()))
          .asException();
    }
    return vlans.getFirst();
  }
}

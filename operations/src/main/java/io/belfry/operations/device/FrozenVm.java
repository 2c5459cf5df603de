package io.belfry.operations.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.store.Transaction;
import io.belfry.store.id.IdSource;
import io.belfry.store.rows.ElfImageRow;
import io.belfry.store.rows.SvtImageRow;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmDiskIoRestrictType;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices of a VM as a snapshot of it shows them, `vm_disks` and `vm_nics`.
public final class FrozenVm {
  private final Transaction transaction;
  private final IdSource ids;
  private final VmRow vm;
  private final List<FrozenVolume> volumes = new ArrayList<>();
  private final ArrayNode disks = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode nics = JsonNodeFactory.instance.arrayNode();

  public FrozenVm(Transaction transaction, IdSource ids, VmRow vm) {
    this.transaction = transaction;
    this.ids = ids;
    this.vm = vm;
    var definitions = new Definitions(transaction);
    definitions.disks(vm.id()).forEach(this::freeze);
    definitions.nics(vm.id()).forEach(this::freeze);
  }

  /// A volume and what its snapshot will be called.
  ///
  /// @param snapshotName the name of the LUN snapshot, by which clients look for it
  /// @param snapshotLocalId the hypervisor's id of the snapshot
  public record FrozenVolume(VmVolumeRow volume, String snapshotName, String snapshotLocalId) {}

  public VmRow vm() {
    return vm;
  }

  public List<FrozenVolume> volumes() {
    return List.copyOf(volumes);
  }

  public ArrayNode disks() {
    return disks;
  }

  public ArrayNode nics() {
    return nics;
  }

  /// What the volumes have in all.
  public long sizeBytes() {
    return volumes.stream().mapToLong(frozen -> frozen.volume().size()).sum();
  }

  private void freeze(VmDiskRow disk) {
    var frozen =
        disks
            .addObject()
            .put("type", disk.type().wire())
            .put("index", disks.size() - 1)
            .put("boot", disk.boot())
            .put("bus", disk.bus().wire())
            .put("key", disk.key())
            .put("disabled", disk.disabled())
            .put("max_iops", disk.maxIops())
            .put("max_iops_policy", wire(disk.maxIopsPolicy()))
            .put("max_bandwidth", disk.maxBandwidth())
            .put("max_bandwidth_policy", wire(disk.maxBandwidthPolicy()))
            .put("elf_image_local_id", "")
            .put("svt_image_local_id", "")
            .put("vm_volume_local_id", "")
            .put("storage_policy_uuid", "")
            .put("path", "")
            .put("size", 0L);
    if (disk.type() == VmDiskType.DISK) {
      freezeVolume(disk, frozen);
    } else {
      freezeImage(disk, frozen);
    }
  }

  private void freezeVolume(VmDiskRow disk, ObjectNode frozen) {
    var volume = find(disk.vmVolumeId());
    var taken = new FrozenVolume(volume, ids.uuid(), ids.uuid());
    volumes.add(taken);
    frozen
        .put("disk_name", volume.name())
        .put("path", volume.path())
        .put("size", volume.size())
        .put("vm_volume_local_id", volume.localId())
        .put(
            "storage_policy_uuid",
            ClusterPolicies.localId(transaction, volume.clusterId(), volume.elfStoragePolicy()))
        .put(SnapshotRows.SNAPSHOT_LOCAL_ID, taken.snapshotName());
  }

  private VmVolumeRow find(@Nullable String volumeId) {
    if (volumeId == null) {
      throw new IllegalStateException("a disk of VM %s has no volume".formatted(vm.id()));
    }
    return transaction.find(VmVolumeRow.TYPE, volumeId).orElseThrow();
  }

  private void freezeImage(VmDiskRow drive, ObjectNode frozen) {
    if (drive.elfImageId() != null) {
      transaction
          .find(ElfImageRow.TYPE, drive.elfImageId())
          .ifPresent(image ->
              frozen
                  .put("elf_image_local_id", image.localId())
                  .put("image_name", image.name())
                  .put("path", image.path())
                  .put("size", image.size()));
    } else if (drive.svtImageId() != null) {
      transaction
          .find(SvtImageRow.TYPE, drive.svtImageId())
          .ifPresent(image ->
              frozen
                  .put("svt_image_local_id", image.localId())
                  .put("image_name", image.name())
                  .put("path", image.path())
                  .put("size", image.size()));
    }
  }

  private void freeze(VmNicRow nic) {
    var vlanId = nic.vlanId();
    var frozen =
        nics.addObject()
            .put("index", nics.size() - 1)
            .put("enabled", nic.enabled())
            .put("mirror", nic.mirror())
            .put("model", nic.model() == null ? null : nic.model().wire())
            .put("mac_address", orEmpty(nic.macAddress()))
            .put("ip_address", orEmpty(nic.ipAddress()))
            .put("gateway", orEmpty(nic.gateway()))
            .put("subnet_mask", orEmpty(nic.subnetMask()));
    if (vlanId != null) {
      var vlan = transaction.find(VlanRow.TYPE, vlanId).orElseThrow();
      var vds = transaction.find(VdsRow.TYPE, vlan.vdsId()).orElseThrow();
      frozen
          .putObject("vlan")
          .put("name", vlan.name())
          .put("vlan_id", vlan.vlanId())
          .put("vlan_local_id", vlan.localId())
          .put("vds_ovs", vds.ovsbrName())
          .set("network_ids", vlan.networkIds());
    }
  }

  private static @Nullable String wire(@Nullable VmDiskIoRestrictType policy) {
    return policy == null ? null : policy.wire();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

package io.belfry.datacenter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.store.rows.ConsistentType;
import io.belfry.store.rows.IscsiLunSnapshotEdit;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmDiskIoPolicy;
import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmSnapshotEdit;
import java.util.ArrayList;
import java.util.List;

/// Makes snapshots of VMs, and with each one of every LUN.
final class SnapshotRows {
  /// The part of a LUN that has changed since.
  private static final int CHANGED = 20;

  private final Construction construction;
  private final ClusterSite site;

  SnapshotRows(Construction construction, ClusterSite site) {
    this.construction = construction;
    this.site = site;
  }

  void add(MadeVm vm, String name) {
    var disks = new ArrayList<ObjectNode>();
    for (var volume : vm.volumes()) {
      var lunSnapshot = construction.ids().uuid();
      addLunSnapshot(lunSnapshot, volume);
      disks.add(frozenDisk(disks.size(), volume, lunSnapshot));
    }
    var nics = new ArrayList<ObjectNode>();
    vm.nics().forEach(nic -> nics.add(frozenNic(nics.size(), nic)));
    construction.rows().add(snapshot(vm, name, disks, nics));
  }

  private VmSnapshotEdit snapshot(
      MadeVm vm, String name, List<ObjectNode> disks, List<ObjectNode> nics) {
    var plan = vm.plan();
    var hardware = plan.hardware();
    var system = plan.guest().system();
    return VmSnapshotEdit.edit()
        .id(construction.ids().cuid())
        .localId(construction.ids().uuid())
        .clusterId(site.id())
        .vmId(vm.id())
        .name(name)
        .description("")
        .consistentType(ConsistentType.CRASH_CONSISTENT)
        .cpu(Json.cpu(hardware.sockets(), hardware.coresPerSocket()))
        .vcpu(hardware.vcpu())
        .memory(hardware.memoryBytes())
        .size(vm.volumes().stream().mapToLong(volume -> volume.disk().sizeBytes()).sum())
        .cpuModel("cluster_default")
        .clockOffset(VmClockOffset.UTC)
        .firmware(system == null ? VmFirmware.BIOS : system.firmware())
        .winOpt(system != null && system.isWindows())
        .ha(true)
        .ioPolicy(VmDiskIoPolicy.RESTRICT_WHOLE_VM)
        .vmDisks(Json.list(disks))
        .vmNics(Json.list(nics))
        .localCreatedAt(construction.past().instant());
  }

  /// @param name by which the frozen disk knows it
  private void addLunSnapshot(String name, MadeVm.Volume volume) {
    construction
        .rows()
        .add(
            IscsiLunSnapshotEdit.edit()
                .id(construction.ids().cuid())
                .localId(construction.ids().uuid())
                .name(name)
                .iscsiLunId(volume.lunId())
                .iscsiTargetId(site.datastore().targetId())
                .uniqueSize(volume.disk().contentBytes() / CHANGED)
                .localCreatedAt(construction.past().instant()));
  }

  private ObjectNode frozenDisk(int index, MadeVm.Volume volume, String lunSnapshot) {
    return Json.object()
        .put("index", index)
        .put("boot", index)
        .put("bus", "VIRTIO")
        .put("key", index)
        .put("type", "DISK")
        .put("disabled", false)
        .put("disk_name", volume.name())
        .put("path", volume.path())
        .put("size", volume.disk().sizeBytes())
        .put("storage_policy_uuid", site.datastore().policyId(volume.disk().policy()))
        .put("vm_volume_local_id", volume.localId())
        .put("snapshot_local_id", lunSnapshot)
        .put("elf_image_local_id", "")
        .put("svt_image_local_id", "");
  }

  private static ObjectNode frozenNic(int index, MadeVm.Nic nic) {
    var frozen =
        Json.object()
            .put("index", index)
            .put("enabled", true)
            .put("mirror", false)
            .put("model", "VIRTIO")
            .put("mac_address", nic.mac())
            .put("ip_address", "")
            .put("subnet_mask", "")
            .put("gateway", "");
    frozen.set("vlan", nic.network().frozen());
    return frozen;
  }
}

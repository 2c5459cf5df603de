package io.belfry.operations.device;

import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.store.Transaction;
import io.belfry.store.row.RowType;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.ElfImageRow;
import io.belfry.store.rows.SvtImageRow;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the rows say a VM or a volume is, in the hypervisor's terms. The hypervisor knows objects
/// by the ids they have on their cluster, `local_id`; disks, which have none there, by their own.
/// Remembers what it has looked up: for the time of one look.
public final class Definitions {
  private static final String PLACEHOLDER = "placeholder-";

  private final Transaction transaction;
  private final Map<String, ClusterRow> clusters = new HashMap<>();
  private final Map<String, VlanRow> vlans = new HashMap<>();
  private final Map<String, VmVolumeRow> volumes = new HashMap<>();

  public Definitions(Transaction transaction) {
    this.transaction = transaction;
  }

  /// The `local_id` of a VM or snapshot that is still being created.
  public static String placeholder(String localId) {
    return PLACEHOLDER + localId;
  }

  /// The hypervisor's id of a VM, be it created or not.
  public static VmId vmId(VmRow vm) {
    return new VmId(vm.localId().replaceFirst("^" + PLACEHOLDER, ""));
  }

  /// A VM with all its devices.
  public VmDefinition vm(VmRow vm, @Nullable CloudInit cloudInit) {
    var devices = new ArrayList<Device>();
    disks(vm.id()).forEach(disk -> devices.add(disk(disk)));
    nics(vm.id()).forEach(nic -> devices.add(nic(nic)));
    return new VmDefinition(
        vmId(vm),
        vm.name(),
        new Cpu(vm.cpu().path("sockets").intValue(), vm.cpu().path("cores").intValue()),
        vm.memory(),
        Firmware.valueOf(vm.firmware().name()),
        devices,
        cloudInit);
  }

  /// The disks and CD drives of a VM, by slot.
  public List<VmDiskRow> disks(String vmRowId) {
    return transaction.related(VmDiskRow.TYPE, "vm", List.of(vmRowId)).stream()
        .sorted(Comparator.comparingInt(Definitions::slot).thenComparing(VmDiskRow::id))
        .toList();
  }

  /// The NICs of a VM, in their order.
  public List<VmNicRow> nics(String vmRowId) {
    return transaction.related(VmNicRow.TYPE, "vm", List.of(vmRowId)).stream()
        .sorted(Comparator.comparingInt(Definitions::order).thenComparing(VmNicRow::id))
        .toList();
  }

  /// A disk or CD drive.
  public Device disk(VmDiskRow disk) {
    var id = new DeviceId(disk.id());
    if (disk.type() == VmDiskType.CD_ROM) {
      var enabled = !Boolean.TRUE.equals(disk.disabled());
      return new Device.CdRom(id, disk.boot(), image(disk), enabled);
    }
    var volume = required(disk.vmVolumeId(), disk.id());
    var localId = volumes.computeIfAbsent(volume, one -> found(VmVolumeRow.TYPE, one)).localId();
    return new Device.Disk(
        id, new VolumeId(localId), Device.Bus.valueOf(disk.bus().name()), disk.boot());
  }

  public Device.Nic nic(VmNicRow nic) {
    var vlanId = required(nic.vlanId(), nic.id());
    var vlan = vlans.computeIfAbsent(vlanId, id -> found(VlanRow.TYPE, id));
    var model = nic.model() == null ? VmNicModel.VIRTIO : nic.model();
    return new Device.Nic(
        new DeviceId(nic.localId()),
        new MacAddress(required(nic.macAddress(), nic.id())),
        new NetworkId(vlan.localId()),
        Device.Nic.Model.valueOf(model.name()),
        !Boolean.FALSE.equals(nic.enabled()),
        Boolean.TRUE.equals(nic.mirror()));
  }

  public VolumeDefinition volume(VmVolumeRow volume) {
    volumes.put(volume.id(), volume);
    var cluster = clusters.computeIfAbsent(volume.clusterId(), id -> found(ClusterRow.TYPE, id));
    return new VolumeDefinition(
        new VolumeId(volume.localId()),
        new StorageId(required(cluster.localId(), cluster.id())),
        volume.size(),
        StoragePolicies.of(volume.elfStoragePolicy()));
  }

  private <R> R found(RowType<R> type, String id) {
    return transaction.find(type, id).orElseThrow();
  }

  private @Nullable ImageId image(VmDiskRow drive) {
    if (drive.elfImageId() != null) {
      return transaction
          .find(ElfImageRow.TYPE, drive.elfImageId())
          .map(image -> new ImageId(image.localId()))
          .orElse(null);
    }
    if (drive.svtImageId() != null) {
      return transaction
          .find(SvtImageRow.TYPE, drive.svtImageId())
          .map(image -> new ImageId(image.localId()))
          .orElse(null);
    }
    return null;
  }

  private static int slot(VmDiskRow disk) {
    var key = disk.key();
    return key == null ? Integer.MAX_VALUE : key;
  }

  private static int order(VmNicRow nic) {
    var order = nic.order();
    return order == null ? Integer.MAX_VALUE : order;
  }

  private static String required(@Nullable String value, String owner) {
    if (value == null) {
      throw new IllegalStateException("a device refers to nothing: " + owner);
    }
    return value;
  }
}

package io.belfry.datacenter;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the rows say is plugged into the VMs of one cluster.
final class RecordedDevices {
  private final Map<String, List<Device>> disks;
  private final Map<String, List<Nic>> nics;

  /// Ids of VMs with a device of which nothing can be made.
  private final Set<String> incomplete = new HashSet<>();

  private RecordedDevices(Transaction transaction, String clusterId) {
    disks = disks(transaction, clusterId);
    nics = nics(transaction, clusterId);
  }

  static RecordedDevices read(Transaction transaction, String clusterId) {
    return new RecordedDevices(transaction, clusterId);
  }

  /// The devices of a VM: disks and CD drives by slot, then its NICs in their order.
  ///
  /// @param vm its id in the store
  /// @throws IllegalArgumentException if nothing can be made of one of them
  List<Device> of(String vm) {
    if (incomplete.contains(vm)) {
      throw new IllegalArgumentException("one of its devices is left out");
    }
    var devices = new ArrayList<>(disks.getOrDefault(vm, List.of()));
    nics.getOrDefault(vm, List.of()).forEach(nic -> devices.add(nic.device));
    return devices;
  }

  /// The addresses that a VM's NICs are known to have.
  ///
  /// @param vm its id in the store
  List<GuestSeen.Nic> addresses(String vm) {
    return nics.getOrDefault(vm, List.of()).stream().flatMap(nic -> nic.seen().stream()).toList();
  }

  /// A device of the VM with an id in the store.
  private record OfVm<T>(String vm, T device) {}

  private Legible legible(String kind) {
    return new Legible(
        row -> "%s %s of VM %s".formatted(kind, row.textOrNull(2), row.text(1)),
        row -> incomplete.add(row.text(1)));
  }

  private Map<String, List<Device>> disks(Transaction transaction, String cluster) {
    return byVm(
        legible("disk")
            .rows(
                transaction,
                """
                SELECT disk.vm_id, disk.id, disk.type, disk.boot, disk.bus, volume.local_id,
                  coalesce(elf.local_id, svt.local_id), disk.disabled
                FROM tower.vm_disk disk
                  JOIN tower.vm ON vm.id = disk.vm_id
                  LEFT JOIN tower.vm_volume volume ON volume.id = disk.vm_volume_id
                  LEFT JOIN tower.elf_image elf ON elf.id = disk.elf_image_id
                  LEFT JOIN tower.svt_image svt ON svt.id = disk.svt_image_id
                WHERE vm.cluster_id = ?
                ORDER BY disk.key NULLS LAST, disk.id
                """,
                List.of(cluster),
                row -> new OfVm<>(row.text(1), disk(row))));
  }

  private static Device disk(ResultRow row) {
    var device = new DeviceId(row.text(2));
    var boot = Math.toIntExact(row.longValue(4));
    var volume = row.textOrNull(6);
    if (volume != null) {
      return new Device.Disk(device, new VolumeId(volume), Device.Bus.valueOf(row.text(5)), boot);
    }
    var image = row.textOrNull(7);
    return new Device.CdRom(
        device, boot, image == null ? null : new ImageId(image), !row.booleanValue(8));
  }

  /// A NIC, and what is known of its address.
  private record Nic(
      Device.Nic device,
      @Nullable String address,
      @Nullable String mask,
      @Nullable String gateway) {

    Optional<GuestSeen.Nic> seen() {
      return address == null || mask == null
          ? Optional.empty()
          : Optional.of(new GuestSeen.Nic(device.mac(), address, mask, gateway));
    }
  }

  private Map<String, List<Nic>> nics(Transaction transaction, String cluster) {
    return byVm(
        legible("NIC")
            .rows(
                transaction,
                """
                SELECT nic.vm_id, nic.local_id, nic.mac_address, vlan.local_id,
                  coalesce(nic.model, 'VIRTIO'), coalesce(nic.enabled, true),
                  coalesce(nic.mirror, false), nic.ip_address, nic.subnet_mask, nic.gateway
                FROM tower.vm_nic nic
                  JOIN tower.vm ON vm.id = nic.vm_id
                  JOIN tower.vlan ON vlan.id = nic.vlan_id
                WHERE vm.cluster_id = ?
                  AND nic.mac_address IS NOT NULL
                ORDER BY nic."order" NULLS LAST, nic.id
                """,
                List.of(cluster),
                row -> new OfVm<>(row.text(1), nic(row))));
  }

  private static Nic nic(ResultRow row) {
    var device =
        new Device.Nic(
            new DeviceId(row.text(2)),
            new MacAddress(row.text(3)),
            new NetworkId(row.text(4)),
            Device.Nic.Model.valueOf(row.text(5)),
            row.booleanValue(6),
            row.booleanValue(7));
    return new Nic(device, row.textOrNull(8), row.textOrNull(9), row.textOrNull(10));
  }

  private static <T> Map<String, List<T>> byVm(List<OfVm<T>> devices) {
    return devices.stream().collect(groupingBy(OfVm::vm, mapping(OfVm::device, toList())));
  }
}

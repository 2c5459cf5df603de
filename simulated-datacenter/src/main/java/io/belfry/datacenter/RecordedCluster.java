package io.belfry.datacenter;

import static java.util.stream.Collectors.groupingBy;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.GuestImage;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostStatus;
import io.belfry.store.rows.MaintenanceModeEnum;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmToolsStatus;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the rows say exists in one cluster, in the simulator's terms. What is still being created
/// is left out: its task does that again.
///
/// Narrow queries of a whole cluster instead of typed rows: a big data centre has a million of
/// them, and a server that starts waits for this.
final class RecordedCluster {
  /// How full the disks of templates are; nothing in a row tells.
  private static final int TEMPLATE_FILLING = 10;

  private final Transaction transaction;
  private final String id;
  private final StorageId storage;
  private final Map<String, Inventory.Volume> volumes = new HashMap<>();

  RecordedCluster(Transaction transaction, String id, String localId) {
    this.transaction = transaction;
    this.id = id;
    this.storage = new StorageId(localId);
  }

  Inventory inventory() {
    readVolumes();
    var vms = vms();
    var snapshots = new ArrayList<>(lunSnapshots());
    readTemplates(snapshots);
    return new Inventory(
        hosts(), List.of(capacity()), List.copyOf(volumes.values()), snapshots, vms, toolsImages());
  }

  private List<Inventory.Host> hosts() {
    return query(
        """
        SELECT local_id, status, host_state ->> 'state', total_memory_bytes - os_memory_bytes
        FROM tower.host
        WHERE cluster_id = ?
        """,
        row ->
            new Inventory.Host(
                new HostId(row.text(1)),
                state(HostStatus.of(row.text(2)), row.textOrNull(3)),
                row.longValue(4)));
  }

  private static HostState state(HostStatus status, @Nullable String maintenance) {
    return switch (status) {
      case CONNECTED_HEALTHY, CONNECTED_WARNING ->
          maintenance == null ? HostState.CONNECTED : state(MaintenanceModeEnum.of(maintenance));
      case CONNECTED_ERROR, CONNECTING, INITIALIZING, SESSION_EXPIRED -> HostState.UNREACHABLE;
    };
  }

  private static HostState state(MaintenanceModeEnum maintenance) {
    return switch (maintenance) {
      case IN_USE -> HostState.CONNECTED;
      case ENTERING_MAINTENANCE_MODE, MAINTENANCE_MODE, REMOVING -> HostState.MAINTENANCE;
    };
  }

  private Inventory.Storage capacity() {
    var capacityBytes =
        query(
                """
                SELECT sum(total_data_capacity - failure_data_space)
                FROM tower.host
                WHERE cluster_id = ?
                """,
                row -> row.longValue(1))
            .getFirst();
    return new Inventory.Storage(storage, capacityBytes);
  }

  // Volumes

  private void readVolumes() {
    query(
            """
            SELECT local_id, size, elf_storage_policy, used_size
            FROM tower.vm_volume
            WHERE cluster_id = ?
              AND "entityAsyncStatus" IS DISTINCT FROM 'CREATING'
            """,
            this::volume)
        .forEach(volume -> volumes.put(volume.definition().id().value(), volume));
  }

  private Inventory.Volume volume(ResultRow row) {
    var policy = policy(VmVolumeElfStoragePolicyType.of(row.text(3)));
    var usedBytes = row.longValue(4);
    return new Inventory.Volume(
        new VolumeDefinition(new VolumeId(row.text(1)), storage, row.longValue(2), policy),
        policy.thin() ? usedBytes : usedBytes / 2,
        null);
  }

  private static StoragePolicy policy(VmVolumeElfStoragePolicyType type) {
    return switch (type) {
      case EC -> new StoragePolicy(new StoragePolicy.ErasureCoded(4, 2), true);
      case REPLICA_1_THIN_PROVISION -> policy(1, true);
      case REPLICA_1_THICK_PROVISION -> policy(1, false);
      case REPLICA_2_THIN_PROVISION, ELF_CP_REPLICA_2_THIN_PROVISION -> policy(2, true);
      case REPLICA_2_THICK_PROVISION, ELF_CP_REPLICA_2_THICK_PROVISION -> policy(2, false);
      case REPLICA_3_THIN_PROVISION, ELF_CP_REPLICA_3_THIN_PROVISION -> policy(3, true);
      case REPLICA_3_THICK_PROVISION, ELF_CP_REPLICA_3_THICK_PROVISION -> policy(3, false);
    };
  }

  private static StoragePolicy policy(int replicas, boolean thin) {
    return new StoragePolicy(new StoragePolicy.Replicas(replicas), thin);
  }

  /// Puts a guest on a volume on which something is written.
  private void install(VolumeId volume, GuestImage guest) {
    volumes.computeIfPresent(
        volume.value(),
        (_, found) ->
            found.usedBytes() == 0
                ? found
                : new Inventory.Volume(found.definition(), found.usedBytes(), guest));
  }

  // VMs

  /// Some row of a VM, by the VM's id.
  private record OfVm<T>(String vm, T value) {}

  private List<Inventory.Vm> vms() {
    var disks = disks();
    var nics = nics();
    return query(
        """
        SELECT vm.id, vm.local_id, vm.name, vm.cpu ->> 'sockets', vm.cpu ->> 'cores', vm.memory,
          vm.firmware, host.local_id, vm.status, vm.vm_tools_status, vm.vm_tools_version,
          vm.hostname, vm.os, vm.kernel_info, vm.dns_servers, vm.guest_os_type,
          vm.cloud_init_supported
        FROM tower.vm JOIN tower.host ON host.id = vm.host_id
        WHERE vm.cluster_id = ?
          AND vm."entityAsyncStatus" IS DISTINCT FROM 'CREATING'
        """,
        row ->
            vm(
                row,
                disks.getOrDefault(row.text(1), List.of()),
                nics.getOrDefault(row.text(1), List.of())));
  }

  private Inventory.Vm vm(ResultRow row, List<OfVm<Device>> disks, List<OfVm<Nic>> nics) {
    var devices = new ArrayList<Device>();
    disks.forEach(disk -> devices.add(disk.value));
    nics.forEach(nic -> devices.add(nic.value.device));
    var definition =
        new VmDefinition(
            new VmId(row.text(2)),
            row.text(3),
            new Cpu(Integer.parseInt(row.text(4)), Integer.parseInt(row.text(5))),
            row.longValue(6),
            Firmware.valueOf(row.text(7)),
            devices,
            null);
    var tools = VmToolsStatus.of(row.text(10));
    var installed = installed(row, tools);
    installed.image().ifPresent(guest -> installOnBootDisk(definition, guest));
    return new Inventory.Vm(
        definition,
        new HostId(row.text(8)),
        power(VmStatus.of(row.text(9))),
        new GuestSeen(
            RecordedGuest.tools(tools),
            installed.toolsVersion(),
            row.textOrNull(12),
            installed.os(),
            installed.kernel(),
            addresses(row.textOrNull(15)),
            nics.stream().flatMap(nic -> nic.value.seen().stream()).toList()));
  }

  private static RecordedGuest installed(ResultRow row, VmToolsStatus tools) {
    var family = row.textOrNull(16);
    return new RecordedGuest(
        row.textOrNull(13),
        row.textOrNull(14),
        RecordedGuest.toolsVersion(tools, row.textOrNull(11)),
        new RecordedGuest.Family(
            family == null ? VmGuestsOperationSystem.UNKNOWN : VmGuestsOperationSystem.of(family),
            isTrue(row, 17)));
  }

  private void installOnBootDisk(VmDefinition vm, GuestImage guest) {
    vm.devices(Device.Disk.class).stream()
        .min(Comparator.comparingInt(Device.Disk::bootOrder))
        .ifPresent(disk -> install(disk.volume(), guest));
  }

  private static PowerState power(VmStatus status) {
    return switch (status) {
      case RUNNING -> PowerState.RUNNING;
      case SUSPENDED -> PowerState.SUSPENDED;
      case STOPPED, DELETED -> PowerState.STOPPED;
      case UNKNOWN -> PowerState.UNKNOWN;
    };
  }

  private static List<String> addresses(@Nullable String commaSeparated) {
    return commaSeparated == null || commaSeparated.isEmpty()
        ? List.of()
        : List.of(commaSeparated.split(","));
  }

  // Devices

  private Map<String, List<OfVm<Device>>> disks() {
    return query(
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
            row -> new OfVm<>(row.text(1), disk(row)))
        .stream()
        .collect(groupingBy(OfVm::vm));
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
        device, boot, image == null ? null : new ImageId(image), !isTrue(row, 8));
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

  private Map<String, List<OfVm<Nic>>> nics() {
    return query(
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
            row -> new OfVm<>(row.text(1), nic(row)))
        .stream()
        .collect(groupingBy(OfVm::vm));
  }

  private static Nic nic(ResultRow row) {
    var device =
        new Device.Nic(
            new DeviceId(row.text(2)),
            new MacAddress(row.text(3)),
            new NetworkId(row.text(4)),
            Device.Nic.Model.valueOf(row.text(5)),
            isTrue(row, 6),
            isTrue(row, 7));
    return new Nic(device, row.textOrNull(8), row.textOrNull(9), row.textOrNull(10));
  }

  // Snapshots and templates

  private List<Inventory.Snapshot> lunSnapshots() {
    return query(
            """
            SELECT snapshot.local_id, disk ->> 'vm_volume_local_id', disk ->> 'size',
              extract(epoch FROM snapshot.local_created_at) * 1000
            FROM tower.vm_snapshot vm
              CROSS JOIN jsonb_array_elements(vm.vm_disks) disk
              JOIN tower.iscsi_lun_snapshot snapshot
                ON snapshot.name = disk ->> 'snapshot_local_id'
            WHERE vm.cluster_id = ?
              AND disk ->> 'type' = 'DISK'
            """,
            this::lunSnapshot)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /// Empty when the volume is gone: nobody can say how it was kept.
  private Optional<Inventory.Snapshot> lunSnapshot(ResultRow row) {
    return Optional.ofNullable(volumes.get(row.text(2)))
        .map(volume ->
            new Inventory.Snapshot(
                new SnapshotId(row.text(1)),
                new Inventory.Volume(
                    new VolumeDefinition(
                        volume.definition().id(),
                        storage,
                        Long.parseLong(row.text(3)),
                        volume.definition().policy()),
                    volume.usedBytes(),
                    volume.guest()),
                Instant.ofEpochMilli(row.longValue(4))));
  }

  /// A template's disks are volumes that nobody has, and a snapshot of each.
  private void readTemplates(List<Inventory.Snapshot> snapshots) {
    query(
        """
        SELECT disk ->> 'vm_volume_local_id', disk ->> 'size', policy.replica_num,
          policy.thin_provision, disk ->> 'index', library.os,
          library.template_config ->> 'guest_os_type', template.cloud_init_supported,
          disk ->> 'snapshot_local_id',
          extract(epoch FROM template.local_created_at) * 1000
        FROM tower.vm_template template
          CROSS JOIN jsonb_array_elements(template.vm_disks) disk
          LEFT JOIN tower.content_library_vm_template library
            ON library.id = template.content_library_vm_template_id
          JOIN tower.elf_storage_policy policy
            ON policy.cluster_id = template.cluster_id
              AND policy.local_id = disk ->> 'storage_policy_uuid'
        WHERE template.cluster_id = ?
          AND disk ->> 'type' = 'DISK'
        """,
        row -> {
          readTemplateDisk(row, snapshots);
          return true;
        });
  }

  private void readTemplateDisk(ResultRow row, List<Inventory.Snapshot> snapshots) {
    var sizeBytes = Long.parseLong(row.text(2));
    var policy = policy(Math.toIntExact(row.longValue(3)), isTrue(row, 4));
    var definition = new VolumeDefinition(new VolumeId(row.text(1)), storage, sizeBytes, policy);
    var isSystemDisk = row.text(5).equals("0");
    var volume =
        volumes.computeIfAbsent(
            row.text(1),
            _ ->
                new Inventory.Volume(
                    definition,
                    sizeBytes / TEMPLATE_FILLING,
                    isSystemDisk ? templateGuest(row).orElse(null) : null));
    var snapshot = row.textOrNull(9);
    if (snapshot != null && !snapshot.isEmpty()) {
      var takenAt = Instant.ofEpochMilli(row.longValue(10));
      snapshots.add(new Inventory.Snapshot(new SnapshotId(snapshot), volume, takenAt));
    }
  }

  private static Optional<GuestImage> templateGuest(ResultRow row) {
    var kind = row.textOrNull(7);
    var family =
        new RecordedGuest.Family(
            kind == null ? VmGuestsOperationSystem.UNKNOWN : VmGuestsOperationSystem.of(kind),
            isTrue(row, 8));
    return new RecordedGuest(row.textOrNull(6), null, GuestSystem.TOOLS_VERSION, family).image();
  }

  /// An image's version 320 is that of tools 3.2.0.
  private List<Inventory.ToolsImage> toolsImages() {
    return query(
        "SELECT local_id, version FROM tower.svt_image WHERE cluster_id = ?",
        row -> {
          var version = row.longValue(2);
          return new Inventory.ToolsImage(
              new ImageId(row.text(1)),
              "%d.%d.%d".formatted(version / 100, version / 10 % 10, version % 10));
        });
  }

  private <T> List<T> query(String sql, Function<ResultRow, T> mapper) {
    return transaction.query(sql, List.of(id), mapper);
  }

  private static boolean isTrue(ResultRow row, int column) {
    return Stream.ofNullable(row.textOrNull(column)).anyMatch("t"::equals);
  }
}

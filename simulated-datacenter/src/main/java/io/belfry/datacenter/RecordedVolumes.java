package io.belfry.datacenter;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.GuestImage;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the rows say is stored in one cluster: volumes, templates, snapshots.
final class RecordedVolumes {
  /// A volume of which no row tells how full it is is filled to a tenth.
  private static final int FILLING = 10;

  private final Transaction transaction;
  private final String clusterId;
  private final StorageId storage;
  private final Map<String, Inventory.Volume> volumes = new HashMap<>();
  private final List<Inventory.Snapshot> snapshots = new ArrayList<>();

  private RecordedVolumes(Transaction transaction, String clusterId, StorageId storage) {
    this.transaction = transaction;
    this.clusterId = clusterId;
    this.storage = storage;
  }

  static RecordedVolumes read(Transaction transaction, String clusterId, StorageId storage) {
    var recorded = new RecordedVolumes(transaction, clusterId, storage);
    recorded.readVolumes();
    recorded.readTemplates();
    return recorded;
  }

  List<Inventory.Volume> volumes() {
    return List.copyOf(volumes.values());
  }

  /// Puts a guest on the disk that a VM boots from, if anything is written there.
  void install(VmDefinition vm, GuestImage guest) {
    vm.devices(Device.Disk.class).stream()
        .min(Comparator.comparingInt(Device.Disk::bootOrder))
        .ifPresent(disk -> install(disk.volume(), guest));
  }

  private void install(VolumeId volume, GuestImage guest) {
    volumes.computeIfPresent(
        volume.value(),
        (_, found) ->
            found.usedBytes() == 0
                ? found
                : new Inventory.Volume(found.definition(), found.usedBytes(), guest));
  }

  /// All snapshots, with the guests that are on the volumes now. To be called when all are
  /// installed.
  List<Inventory.Snapshot> snapshots() {
    var all = new ArrayList<>(snapshots);
    all.addAll(lunSnapshots());
    return all;
  }

  private void readVolumes() {
    Legible.each("volume")
        .rows(
            transaction,
            """
            SELECT local_id, size, elf_storage_policy, used_size
            FROM tower.vm_volume
            WHERE cluster_id = ?
              AND "entityAsyncStatus" IS DISTINCT FROM 'CREATING'
            """,
            List.of(clusterId),
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

  /// A template's disks are volumes that nobody has, and a snapshot of each.
  private void readTemplates() {
    templateDisks()
        .forEach(disk -> {
          var content = disk.frozen.definition();
          volumes.putIfAbsent(content.id().value(), disk.filled());
          disk.frozen.snapshot(disk.filled()).ifPresent(snapshots::add);
        });
  }

  private List<TemplateDisk> templateDisks() {
    return Legible.each("disk of a template")
        .rows(
            transaction,
            """
            SELECT disk ->> 'vm_volume_local_id', disk ->> 'size', policy.replica_num,
              policy.thin_provision, disk ->> 'snapshot_local_id',
              extract(epoch FROM template.local_created_at) * 1000,
              disk ->> 'index', library.os, library.template_config ->> 'guest_os_type',
              template.cloud_init_supported
            FROM tower.vm_template template
              CROSS JOIN jsonb_array_elements(template.vm_disks) disk
              JOIN tower.elf_storage_policy policy
                ON policy.cluster_id = template.cluster_id
                  AND policy.local_id = disk ->> 'storage_policy_uuid'
              LEFT JOIN tower.content_library_vm_template library
                ON library.id = template.content_library_vm_template_id
            WHERE template.cluster_id = ?
              AND disk ->> 'type' = 'DISK'
            """,
            List.of(clusterId),
            row ->
                new TemplateDisk(
                    frozen(row), row.text(7).equals("0") ? templateGuest(row).orElse(null) : null));
  }

  /// @param guest what is installed on it; null for none
  private record TemplateDisk(FrozenDisk frozen, @Nullable GuestImage guest) {
    Inventory.Volume filled() {
      return frozen.filled(guest);
    }
  }

  private static Optional<GuestImage> templateGuest(ResultRow row) {
    var kind = row.textOrNull(9);
    var family =
        new RecordedGuest.Family(
            kind == null ? VmGuestsOperationSystem.UNKNOWN : VmGuestsOperationSystem.of(kind),
            row.booleanValue(10));
    return new RecordedGuest(row.textOrNull(8), null, GuestSystem.TOOLS_VERSION, family).image();
  }

  /// A disk as a template or snapshot remembers it.
  ///
  /// @param definition of the volume then
  /// @param snapshot empty where its content has not been kept
  private record FrozenDisk(VolumeDefinition definition, String snapshot, Instant frozenAt) {
    Optional<Inventory.Snapshot> snapshot(Inventory.Volume content) {
      return snapshot.isEmpty()
          ? Optional.empty()
          : Optional.of(new Inventory.Snapshot(new SnapshotId(snapshot), content, frozenAt));
    }

    /// The volume, where nothing tells how full it was.
    Inventory.Volume filled(@Nullable GuestImage guest) {
      return new Inventory.Volume(definition, definition.sizeBytes() / FILLING, guest);
    }
  }

  private FrozenDisk frozen(ResultRow row) {
    var policy = policy(Math.toIntExact(row.longValue(3)), row.booleanValue(4));
    var snapshot = row.textOrNull(5);
    return new FrozenDisk(
        new VolumeDefinition(
            new VolumeId(row.text(1)), storage, Long.parseLong(row.text(2)), policy),
        snapshot == null ? "" : snapshot,
        Instant.ofEpochMilli(row.longValue(6)));
  }

  private List<Inventory.Snapshot> lunSnapshots() {
    return Legible.each("snapshot of volume")
        .rows(
            transaction,
            """
            SELECT disk ->> 'vm_volume_local_id', disk ->> 'size', policy.replica_num,
              policy.thin_provision, snapshot.local_id,
              extract(epoch FROM snapshot.local_created_at) * 1000
            FROM tower.vm_snapshot vm
              CROSS JOIN jsonb_array_elements(vm.vm_disks) disk
              JOIN tower.elf_storage_policy policy
                ON policy.cluster_id = vm.cluster_id
                  AND policy.local_id = disk ->> 'storage_policy_uuid'
              JOIN tower.iscsi_lun_snapshot snapshot
                ON snapshot.name = disk ->> 'snapshot_local_id'
            WHERE vm.cluster_id = ?
              AND disk ->> 'type' = 'DISK'
            """,
            List.of(clusterId),
            this::frozen)
        .stream()
        .flatMap(disk -> disk.snapshot(contentOf(disk)).stream())
        .toList();
  }

  /// What the volume holds now, in the size that it had then.
  private Inventory.Volume contentOf(FrozenDisk disk) {
    var now = volumes.get(disk.definition.id().value());
    return now == null
        ? disk.filled(null)
        : new Inventory.Volume(disk.definition, now.usedBytes(), now.guest());
  }
}

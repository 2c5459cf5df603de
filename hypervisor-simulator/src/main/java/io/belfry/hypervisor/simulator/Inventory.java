package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VolumeDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody's records say exists.
public record Inventory(
    List<Host> hosts,
    List<Storage> storages,
    List<Volume> volumes,
    List<Snapshot> snapshots,
    List<Vm> vms,
    List<ToolsImage> toolsImages) {
  public Inventory {
    hosts = List.copyOf(hosts);
    storages = List.copyOf(storages);
    volumes = List.copyOf(volumes);
    snapshots = List.copyOf(snapshots);
    vms = List.copyOf(vms);
    toolsImages = List.copyOf(toolsImages);
  }

  /// Hosts and storages without anything on them.
  public Inventory(List<Host> hosts, List<Storage> storages) {
    this(hosts, storages, List.of(), List.of(), List.of(), List.of());
  }

  /// @param memoryBytes what VMs may have in all
  public record Host(HostId id, HostState state, long memoryBytes) {}

  /// @param capacityBytes of all disks together, redundancy included
  public record Storage(StorageId id, long capacityBytes) {}

  /// @param usedBytes what its content takes, without redundancy
  /// @param guest what is installed on it; null for none
  public record Volume(VolumeDefinition definition, long usedBytes, @Nullable GuestImage guest) {}

  /// @param content the volume as it was then; it need not exist any more
  public record Snapshot(SnapshotId id, Volume content, Instant takenAt) {}

  /// @param power `UNKNOWN` counts as stopped
  /// @param guest what was last seen of it: its hostname and addresses stay as they are
  public record Vm(VmDefinition definition, HostId host, PowerState power, GuestSeen guest) {}

  /// A CD image that puts guest tools on a running guest that has none, once it is in a drive.
  public record ToolsImage(ImageId id, String version) {}
}

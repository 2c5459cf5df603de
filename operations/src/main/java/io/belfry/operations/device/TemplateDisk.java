package io.belfry.operations.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A disk of a template: a volume that nobody has, and a snapshot of it, which new VMs get copies
/// of.
public record TemplateDisk(VolumeId volume, SnapshotId snapshot) {
  private static final String VOLUME = "vm_volume_local_id";
  private static final String SNAPSHOT = "snapshot_local_id";

  /// The disks that `vm_disks` of a template shows.
  public static List<TemplateDisk> of(@Nullable JsonNode frozenDisks) {
    if (frozenDisks == null) {
      return List.of();
    }
    return StreamSupport.stream(frozenDisks.spliterator(), false)
        .filter(disk -> !disk.path(SNAPSHOT).asText("").isEmpty())
        .map(disk ->
            new TemplateDisk(
                new VolumeId(disk.required(VOLUME).textValue()),
                new SnapshotId(disk.required(SNAPSHOT).textValue())))
        .toList();
  }

  /// Lets a frozen disk show this one.
  public void show(ObjectNode frozenDisk) {
    frozenDisk.put(VOLUME, volume.value()).put(SNAPSHOT, snapshot.value());
  }
}

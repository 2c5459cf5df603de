package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeDefinition;

/// A snapshot.
///
/// @param definition of its volume when it was taken
public record Snapshot(
    SnapshotId id, VolumeDefinition definition, Content content, long takenAtMillis)
    implements WorldObject {
  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.SNAPSHOT, id.value());
  }
}

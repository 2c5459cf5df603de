package io.belfry.hypervisor;

/// A snapshot as the driver found it.
///
/// @param volume what it was taken of; may be gone since
/// @param sizeBytes the size of the volume then
/// @param uniqueBytes what would be freed by deleting the snapshot
public record SnapshotSeen(SnapshotId id, VolumeId volume, long sizeBytes, long uniqueBytes) {
  public SnapshotSeen {
    Require.positive("sizeBytes", sizeBytes);
    Require.notNegative("uniqueBytes", uniqueBytes);
  }
}

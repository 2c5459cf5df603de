package io.belfry.hypervisor;

/// Where the content of a new volume comes from.
public sealed interface CopySource {
  /// The content that a volume has now. Copying one that a running VM writes gives what a power cut
  /// would leave.
  record OfVolume(VolumeId volume) implements CopySource {}

  /// The content that a snapshot kept.
  record OfSnapshot(SnapshotId snapshot) implements CopySource {}
}

package io.belfry.hypervisor;

/// What a volume shall be.
///
/// @param sizeBytes what the guest sees; need not be stored yet
public record VolumeDefinition(
    VolumeId id, StorageId storage, long sizeBytes, StoragePolicy policy) {
  public VolumeDefinition {
    Require.positive("sizeBytes", sizeBytes);
  }

  /// The same volume with another size.
  public VolumeDefinition withSize(long otherSizeBytes) {
    return new VolumeDefinition(id, storage, otherSizeBytes, policy);
  }
}

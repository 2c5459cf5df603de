package io.belfry.hypervisor;

import org.jspecify.annotations.Nullable;

/// A volume as the driver found it.
///
/// @param usedBytes what its content takes, without redundancy; at most its size
/// @param uniqueBytes the part of that which no snapshot or linked copy shares
/// @param guestUsedBytes what the guest's file systems on it hold; null when no guest tells
public record VolumeSeen(
    VolumeDefinition definition, long usedBytes, long uniqueBytes, @Nullable Long guestUsedBytes) {
  public VolumeSeen {
    Require.notNegative("usedBytes", usedBytes);
    Require.notNegative("uniqueBytes", uniqueBytes);
  }

  public VolumeId id() {
    return definition.id();
  }

  /// What it alone takes from its storage, redundancy included.
  public long storedBytes() {
    return Math.round(uniqueBytes * definition.policy().redundancy().overhead());
  }
}

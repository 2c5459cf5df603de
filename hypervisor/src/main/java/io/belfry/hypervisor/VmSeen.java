package io.belfry.hypervisor;

import java.util.List;

/// A VM as the driver found it.
///
/// @param definition what it is defined as now
/// @param host where it runs, or, when it is stopped, where it is kept
/// @param volumes those of its disks, in the order of the definition
public record VmSeen(
    VmDefinition definition,
    HostId host,
    PowerState power,
    GuestSeen guest,
    UsageSeen usage,
    List<VolumeSeen> volumes) {
  public VmSeen {
    volumes = List.copyOf(volumes);
  }

  public VmId id() {
    return definition.id();
  }
}

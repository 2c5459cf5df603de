package io.belfry.hypervisor;

/// A host as the driver found it.
///
/// @param memoryBytes what VMs may have in all; 0 when the host does not answer
/// @param usedMemoryBytes what running and suspended VMs have of it
public record HostSeen(HostId id, HostState state, long memoryBytes, long usedMemoryBytes) {
  public HostSeen {
    Require.notNegative("memoryBytes", memoryBytes);
    Require.notNegative("usedMemoryBytes", usedMemoryBytes);
  }
}

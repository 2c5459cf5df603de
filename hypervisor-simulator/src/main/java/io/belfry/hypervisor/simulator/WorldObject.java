package io.belfry.hypervisor.simulator;

/// Something in the simulated world that effects make, replace or remove, as it is at one moment.
/// All that effects change is in these records; everything else follows from them, or never
/// changes.
public sealed interface WorldObject
    permits HostCondition, Lease, Machine, NetworkRange, Snapshot, Volume {
  /// What it is called.
  ObjectKey key();

  /// The kinds of objects.
  enum Kind {
    HOST,
    LEASE,
    NETWORK,
    SNAPSHOT,
    VM,
    VOLUME
  }
}

package io.belfry.operations.metric;

import io.belfry.hypervisor.UsageHistory.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Something that has metrics, and the sources that they are worked out of.
///
/// @param labels say what it is
/// @param machines the VMs that it is, or that are on it
record Measured(
    Map<String, String> labels,
    Capacity capacity,
    List<Machine> machines,
    List<Metered> disks,
    List<Metered> nics) {
  Measured {
    labels = Map.copyOf(labels);
    machines = List.copyOf(machines);
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
  }

  /// What it has in all.
  ///
  /// @param heldBytes the memory that is taken whatever runs
  record Capacity(long hertz, long memoryBytes, long heldBytes) {
    static final Capacity NONE = new Capacity(0, 0, 0);
  }

  /// A source, and from when on it can have been what it is now.
  ///
  /// @param hostId of the host that it is on
  record Metered(Source source, long sinceMillis, String hostId) {}

  /// A VM with what it has.
  record Machine(Metered meter, int vcpus, double hertz, long memoryBytes) {}

  /// A disk, a port, or whatever else has one source.
  static Measured ofDisks(Map<String, String> labels, List<Metered> disks) {
    return new Measured(labels, Capacity.NONE, List.of(), disks, List.of());
  }

  static Measured ofNic(Map<String, String> labels, Metered nic) {
    return new Measured(labels, Capacity.NONE, List.of(), List.of(), List.of(nic));
  }

  int sources() {
    return machines.size() + disks.size() + nics.size();
  }

  /// The part of it that happens on some hosts.
  Measured on(Set<String> hostIds) {
    return new Measured(
        labels,
        capacity,
        machines.stream().filter(each -> hostIds.contains(each.meter().hostId())).toList(),
        disks.stream().filter(each -> hostIds.contains(each.hostId())).toList(),
        nics.stream().filter(each -> hostIds.contains(each.hostId())).toList());
  }
}

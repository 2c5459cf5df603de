package io.belfry.datacenter;

import io.belfry.datacenter.HostRows.PlacedHost;
import io.belfry.datacenter.VmPlan.Disk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A VM that has been made: what rows about it refer to.
record MadeVm(
    String id, String localId, VmPlan plan, PlacedHost host, List<Volume> volumes, List<Nic> nics) {
  MadeVm {
    volumes = List.copyOf(volumes);
    nics = List.copyOf(nics);
  }

  record Volume(String id, String localId, String name, String lunId, String path, Disk disk) {}

  /// @param address what the guest uses; null when it does not tell
  record Nic(String mac, ClusterSite.Network network, @Nullable String address) {}
}

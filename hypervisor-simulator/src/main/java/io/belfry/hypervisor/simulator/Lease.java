package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;

/// The address that a NIC has in a network.
public record Lease(NetworkId network, MacAddress mac, Ipv4 address) implements WorldObject {
  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.LEASE, id(network, mac));
  }

  static String id(NetworkId network, MacAddress mac) {
    return mac + " " + network;
  }
}

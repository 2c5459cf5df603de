package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.NetworkId;
import java.util.Optional;

/// Which addresses a network has.
public record NetworkRange(NetworkId id, Ipv4 prefix, Ipv4 mask, Ipv4 gateway)
    implements WorldObject {
  @Override
  public ObjectKey key() {
    return new ObjectKey(Kind.NETWORK, id.value());
  }

  /// The range that a NIC with an address must be in: a /24 if it does not know, whose first
  /// address is the gateway's.
  static NetworkRange around(NetworkId id, Ipv4 address, GuestSeen.Nic nic) {
    var mask = Ipv4.parse(nic.subnetMask()).filter(Ipv4::isNetmask).orElse(Ipv4.netmask(24));
    var prefix = new Ipv4(address.bits() & mask.bits());
    var gateway = Optional.ofNullable(nic.gateway()).flatMap(Ipv4::parse);
    return new NetworkRange(id, prefix, mask, gateway.orElse(new Ipv4(prefix.bits() + 1)));
  }

  /// The /16 of 10.0.0.0/8 that a network's id decides.
  static NetworkRange usual(long seed, NetworkId id) {
    var prefix = (10 << 24) | ((int) (Activity.hash(seed, id) & 0xff) << 16);
    return new NetworkRange(id, new Ipv4(prefix), Ipv4.netmask(16), new Ipv4(prefix + 1));
  }

  /// How many addresses hosts can have.
  int size() {
    return Math.max(~mask.bits() - 1, 0);
  }

  /// The address with a number, from 0.
  Ipv4 address(int number) {
    return new Ipv4(prefix.bits() + 1 + number);
  }
}

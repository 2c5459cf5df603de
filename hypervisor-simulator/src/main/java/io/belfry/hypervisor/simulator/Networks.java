package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The DHCP server of every network. A network's prefix is that of the first address recorded on
/// it, else a /16 of 10.0.0.0/8 that its id decides; an address depends on the MAC address.
final class Networks {
  private final long seed;
  private final ConcurrentHashMap<NetworkId, Network> networks = new ConcurrentHashMap<>();

  Networks(long seed) {
    this.seed = seed;
  }

  /// Remembers the address that a NIC has; what is no IPv4 address is not remembered.
  void record(NetworkId network, GuestSeen.Nic nic) {
    var address = Ipv4.parse(nic.address());
    if (address.isPresent()) {
      var bits = address.get().bits();
      networks.computeIfAbsent(network, _ -> Network.around(bits, nic)).record(nic.mac(), bits);
    }
  }

  /// The address of a NIC, given now if it had none; empty when the network is full.
  Optional<GuestSeen.Nic> lease(Device.Nic nic) {
    return network(nic.network()).lease(nic.mac());
  }

  /// Takes the address back.
  void release(Device.Nic nic) {
    network(nic.network()).release(nic.mac());
  }

  private Network network(NetworkId id) {
    return networks.computeIfAbsent(
        id,
        _ -> {
          var prefix = (10 << 24) | ((int) (Activity.hash(seed, id) & 0xff) << 16);
          return new Network(prefix, Ipv4.netmask(16).bits(), prefix + 1);
        });
  }

  /// One network.
  private static final class Network {
    private final int prefix;
    private final int mask;
    private final int gateway;
    private final Map<MacAddress, Integer> addresses = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    Network(int prefix, int mask, int gateway) {
      this.prefix = prefix;
      this.mask = mask;
      this.gateway = gateway;
      taken.add(gateway);
    }

    /// The network that a NIC with an address must be in: a /24 if it does not know, whose first
    /// address is the gateway's.
    static Network around(int address, GuestSeen.Nic nic) {
      var mask = Ipv4.parse(nic.subnetMask()).filter(Ipv4::isNetmask).orElse(Ipv4.netmask(24));
      var prefix = address & mask.bits();
      var gateway = Optional.ofNullable(nic.gateway()).flatMap(Ipv4::parse).map(Ipv4::bits);
      return new Network(prefix, mask.bits(), gateway.orElse(prefix + 1));
    }

    synchronized void record(MacAddress mac, int address) {
      release(mac);
      addresses.put(mac, address);
      taken.add(address);
    }

    synchronized Optional<GuestSeen.Nic> lease(MacAddress mac) {
      var address = addresses.get(mac);
      if (address == null) {
        address = free(mac);
        if (address == null) {
          return Optional.empty();
        }
        addresses.put(mac, address);
        taken.add(address);
      }
      return Optional.of(
          new GuestSeen.Nic(
              mac,
              new Ipv4(address).toString(),
              new Ipv4(mask).toString(),
              new Ipv4(gateway).toString()));
    }

    synchronized void release(MacAddress mac) {
      var address = addresses.remove(mac);
      if (address != null) {
        taken.remove(address);
      }
    }

    /// The first free address after the one that the MAC address would like.
    private @Nullable Integer free(MacAddress mac) {
      var hosts = ~mask - 1;
      var wanted = Math.floorMod(Activity.hash(0, mac.value()), Math.max(hosts, 1));
      for (var i = 0; i < hosts; i++) {
        var address = prefix + 1 + (wanted + i) % hosts;
        if (!taken.contains(address)) {
          return address;
        }
      }
      return null;
    }
  }
}

package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.Ipv4;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.simulator.WorldObject.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The DHCP server of every network. A network's range is that of the first address recorded on it,
/// else one that its id decides, and is settled with its first lease; an address depends on the MAC
/// address.
final class Networks {
  private final long seed;
  private final ObjectsById<NetworkRange> settled;
  private final ObjectsById<Lease> leases;
  private final Map<NetworkId, NetworkRange> recorded = new HashMap<>();
  private final Map<NetworkId, Set<Ipv4>> taken = new HashMap<>();

  Networks(long seed, Changes changes) {
    this.seed = seed;
    settled = new ObjectsById<>(Kind.NETWORK, NetworkRange.class, changes, (_, _) -> {});
    leases = new ObjectsById<>(Kind.LEASE, Lease.class, changes, this::replace);
  }

  ObjectsById<NetworkRange> settled() {
    return settled;
  }

  ObjectsById<Lease> leases() {
    return leases;
  }

  private void replace(@Nullable Lease before, @Nullable Lease after) {
    if (before != null) {
      taken(before.network()).remove(before.address());
    }
    if (after != null) {
      taken(after.network()).add(after.address());
    }
  }

  /// Remembers the address that a NIC has; what is no IPv4 address is not remembered.
  void record(NetworkId network, GuestSeen.Nic nic) {
    var address = Ipv4.parse(nic.address());
    if (address.isPresent()) {
      recorded.computeIfAbsent(network, id -> NetworkRange.around(id, address.get(), nic));
      leases.set(new Lease(network, nic.mac(), address.get()));
    }
  }

  /// The address of a NIC, given now if it had none; empty when the network is full.
  Optional<GuestSeen.Nic> lease(Device.Nic nic) {
    var range = range(nic.network());
    return leases
        .find(Lease.id(nic.network(), nic.mac()))
        .or(() -> newLease(range, nic.mac()))
        .map(lease ->
            new GuestSeen.Nic(
                lease.mac(),
                lease.address().toString(),
                range.mask().toString(),
                range.gateway().toString()));
  }

  private Optional<Lease> newLease(NetworkRange range, MacAddress mac) {
    var address = free(range, mac);
    if (address == null) {
      return Optional.empty();
    }
    if (settled.find(range.id().value()).isEmpty()) {
      settled.set(range);
    }
    var lease = new Lease(range.id(), mac, address);
    leases.set(lease);
    return Optional.of(lease);
  }

  /// Takes the address back.
  void release(Device.Nic nic) {
    var id = Lease.id(nic.network(), nic.mac());
    if (leases.find(id).isPresent()) {
      leases.remove(id);
    }
  }

  private NetworkRange range(NetworkId id) {
    return settled
        .find(id.value())
        .or(() -> Optional.ofNullable(recorded.get(id)))
        .orElseGet(() -> NetworkRange.usual(seed, id));
  }

  /// The first free address after the one that the MAC address would like.
  private @Nullable Ipv4 free(NetworkRange range, MacAddress mac) {
    var size = range.size();
    var full = taken(range.id()).size() >= size;
    var wanted = Math.floorMod(Activity.hash(0, mac.value()), Math.max(size, 1));
    for (var i = 0; i < size && !full; i++) {
      var address = range.address((wanted + i) % size);
      if (!address.equals(range.gateway()) && !taken(range.id()).contains(address)) {
        return address;
      }
    }
    return null;
  }

  private Set<Ipv4> taken(NetworkId network) {
    return taken.computeIfAbsent(network, _ -> new HashSet<>());
  }
}

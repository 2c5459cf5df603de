package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.MacAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a guest was made to be at its first boot.
///
/// @param hostname null when nobody told it one
/// @param dnsServers empty when the network tells
/// @param fixedNics those that do not use DHCP
public record Identity(
    @Nullable String hostname, List<String> dnsServers, List<GuestSeen.Nic> fixedNics) {
  /// Of a guest that nobody told anything.
  static final Identity NONE = new Identity(null, List.of(), List.of());

  public Identity {
    dnsServers = List.copyOf(dnsServers);
    fixedNics = List.copyOf(fixedNics);
  }

  /// How a NIC is fixed; empty when it uses DHCP.
  Optional<GuestSeen.Nic> fixed(MacAddress mac) {
    return fixedNics.stream().filter(nic -> nic.mac().equals(mac)).findFirst();
  }
}

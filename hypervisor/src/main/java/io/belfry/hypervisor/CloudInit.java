package io.belfry.hypervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a guest that has cloud-init is told at its first boot. The driver checks it when the VM is
/// defined, see [Fault.CloudInitInvalid].
///
/// @param networks at most one per NIC; a NIC without one uses DHCP
/// @param nameservers IPv4 addresses
/// @param publicKeys SSH keys of the default user, one line each
/// @param userData a user-data document, plain text
public record CloudInit(
    @Nullable String hostname,
    List<Network> networks,
    List<String> nameservers,
    @Nullable Secret defaultUserPassword,
    List<String> publicKeys,
    @Nullable Secret userData) {
  public CloudInit {
    networks = List.copyOf(networks);
    nameservers = List.copyOf(nameservers);
    publicKeys = List.copyOf(publicKeys);
  }

  /// How one NIC gets its address.
  public sealed interface Network {
    /// Counts the NICs of the definition from 0.
    int nicIndex();
  }

  /// The network tells.
  public record Dhcp(int nicIndex) implements Network {}

  /// A fixed IPv4 address.
  public record Static(int nicIndex, String address, String netmask, List<Route> routes)
      implements Network {
    public Static {
      routes = List.copyOf(routes);
    }
  }

  /// The way to a network; `0.0.0.0/0.0.0.0` is the default route.
  public record Route(String network, String netmask, String gateway) {}
}

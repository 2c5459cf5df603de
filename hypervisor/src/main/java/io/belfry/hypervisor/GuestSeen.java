package io.belfry.hypervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of the system inside a VM. All but `tools` is null or empty unless the tools run.
///
/// @param hostname as the guest calls itself
/// @param os the name people know it by, `CentOS Linux release 7.9.2009 (Core)`
/// @param kernel its kernel's version
/// @param dnsServers IPv4 addresses
/// @param nics those that have an address, in the order of the definition
public record GuestSeen(
    Tools tools,
    @Nullable String toolsVersion,
    @Nullable String hostname,
    @Nullable String os,
    @Nullable String kernel,
    List<String> dnsServers,
    List<Nic> nics) {
  public GuestSeen {
    dnsServers = List.copyOf(dnsServers);
    nics = List.copyOf(nics);
  }

  /// A guest that tells nothing.
  public static GuestSeen silent(Tools tools) {
    return new GuestSeen(tools, null, null, null, null, List.of(), List.of());
  }

  /// What is known of the helper inside the guest.
  public enum Tools {
    /// The driver cannot tell, as for a stopped VM whose disks it does not read; whoever keeps
    /// records keeps the last known state.
    UNKNOWN,
    NOT_INSTALLED,
    NOT_RUNNING,
    RUNNING
  }

  /// A NIC's address inside the guest.
  ///
  /// @param address IPv4
  /// @param subnetMask IPv4, `255.255.255.0`
  /// @param gateway IPv4; null when there is none through this NIC
  public record Nic(MacAddress mac, String address, String subnetMask, @Nullable String gateway) {}
}

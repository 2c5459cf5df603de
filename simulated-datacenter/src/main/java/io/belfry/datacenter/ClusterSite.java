package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cluster that has been made: what rows inside it refer to.
///
/// @param networks those for VMs; the first is called `default`
record ClusterSite(
    ClusterPlan plan,
    String id,
    String localId,
    Datastore datastore,
    Switches switches,
    List<Network> networks) {
  ClusterSite {
    networks = List.copyOf(networks);
  }

  boolean isElf() {
    return plan.kind() == ClusterKind.ELF;
  }

  /// The ids of the virtual switches.
  record Switches(String management, String storage, String vm) {}

  /// A network for VMs.
  ///
  /// @param ovs the bridge of its switch
  /// @param subnet null where VMs bring their own addresses
  record Network(
      String id, String localId, String name, int vlanId, String ovs, @Nullable Subnet subnet) {

    /// The network as a template or snapshot remembers it.
    JsonNode frozen() {
      return Json.object()
          .put("name", name)
          .put("vds_ovs", ovs)
          .put("vlan_id", vlanId)
          .put("vlan_local_id", localId)
          .set("network_ids", Json.NONE);
    }
  }
}

package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.NetworkType;
import java.util.ArrayList;
import java.util.List;

/// `update-management-vlan`: changes the networks that hosts are administered in, and the addresses
/// that hosts have in them.
final class UpdateManagementVlan implements Mutation {
  @Override
  public String path() {
    return "update-management-vlan";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var vlan : Vlans.locked(decision, NetworkType.MANAGEMENT)) {
      SystemVlans.update(decision, vlan, data);
      SystemVlans.address(
          decision, Vlans.cluster(decision, vlan), data, ip -> HostEdit.edit().managementIp(ip));
      decided.add(Vlans.updated(decision, vlan, "updateManagementVlan"));
    }
    return decided;
  }
}

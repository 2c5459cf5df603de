package io.belfry.operations.network;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.NetworkType;

/// `create-vds-with-access-vlan`: creates virtual switches together with the network that hosts
/// reach storage by, in which hosts get the addresses that the request says.
final class CreateVdsWithAccessVlan implements ChangePerElement {
  @Override
  public String path() {
    return "create-vds-with-access-vlan";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var vds = Switches.create(decision, params, NetworkType.VM);
    var vlan = params.object("vlan");
    SystemVlans.create(decision, vds, "access-network", NetworkType.ACCESS, vlan);
    SystemVlans.address(decision, vds.clusterId(), vlan, ip -> HostEdit.edit().accessIp(ip));
    return Switches.created(decision, vds, "createVdsWithAccessVlan");
  }
}

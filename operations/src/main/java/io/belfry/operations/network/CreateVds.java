package io.belfry.operations.network;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.NetworkType;

/// `create-vds`: creates virtual switches for VMs on NICs of a cluster's hosts.
final class CreateVds implements ChangePerElement {
  @Override
  public String path() {
    return "create-vds";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    return Switches.created(
        decision, Switches.create(decision, params, NetworkType.VM), "createVds");
  }
}

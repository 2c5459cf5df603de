package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.NetworkType;
import java.util.ArrayList;
import java.util.List;

/// `update-migration-vlan`: changes the networks that migrations use, and the addresses that hosts
/// have in them.
final class UpdateMigrationVlan implements Mutation {
  @Override
  public String path() {
    return "update-migration-vlan";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var vlan : Vlans.locked(decision, NetworkType.MIGRATION)) {
      SystemVlans.update(decision, vlan, data);
      SystemVlans.address(
          decision, Vlans.cluster(decision, vlan), data, ip -> HostEdit.edit().vmotionIp(ip));
      decided.add(Vlans.updated(decision, vlan, "updateMigrationVlan"));
    }
    return decided;
  }
}

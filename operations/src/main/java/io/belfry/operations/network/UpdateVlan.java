package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.VlanEdit;
import java.util.ArrayList;
import java.util.List;

/// `update-vm-vlan`: gives networks for VMs another name, other numbers or limits. NICs stay on
/// them.
final class UpdateVlan implements Mutation {
  @Override
  public String path() {
    return "update-vm-vlan";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var vlan : Vlans.locked(decision, NetworkType.VM)) {
      var edit = VlanNumbers.read(data, Vlans.numbers(vlan)).write(VlanEdit.edit());
      data.optionalText("name").ifPresent(edit::name);
      Vlans.limit(edit, data);
      decision.transaction().update(vlan.id(), edit);
      decided.add(Vlans.updated(decision, vlan, "updateVlan"));
    }
    return decided;
  }
}

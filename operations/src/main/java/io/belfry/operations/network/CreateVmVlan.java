package io.belfry.operations.network;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.VlanEdit;
import io.belfry.store.rows.VlanModeType;
import java.util.List;

/// `create-vm-vlan`: creates networks for VMs on virtual switches, with one 802.1Q number or as
/// trunks with ranges of them.
final class CreateVmVlan implements ChangePerElement {
  private static final VlanNumbers UNTAGGED =
      new VlanNumbers(VlanModeType.VLAN_ACCESS, 0, List.of());

  @Override
  public String path() {
    return "create-vm-vlan";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var vds = Switches.own(decision, params.text("vds_id"), params.path() + ".vds_id");
    var id = decision.tools().ids().cuid();
    var name = params.text("name");
    var edit =
        VlanNumbers.read(params, UNTAGGED)
            .write(VlanEdit.edit())
            .id(id)
            .localId(decision.tools().ids().uuid())
            .name(name)
            .type(NetworkType.VM)
            .vdsId(vds.id());
    Vlans.limit(edit, params);
    decision.transaction().insert(edit);
    return decision.done(
        new LocalizedText("Create VLAN " + name, "创建虚拟机网络 " + name),
        decision.subject("Vlan", id, "createVmVlan", vds.clusterId()));
  }
}

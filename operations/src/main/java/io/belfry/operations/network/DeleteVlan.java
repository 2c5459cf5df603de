package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import java.util.List;
import java.util.Map;

/// `delete-vm-vlan`: removes networks for VMs that no NIC is on.
final class DeleteVlan implements Mutation {
  @Override
  public String path() {
    return "delete-vm-vlan";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var vlans = Vlans.locked(decision, NetworkType.VM);
    decision.transaction().lockToDelete(VlanRow.TYPE, vlans.stream().map(VlanRow::id).toList());
    vlans.forEach(vlan -> refuseUsed(decision, vlan));
    var decided = vlans.stream().map(vlan -> deleted(decision, vlan)).toList();
    decision.transaction().delete(VlanRow.TYPE, vlans.stream().map(VlanRow::id).toList());
    return decided;
  }

  private static void refuseUsed(Decision decision, VlanRow vlan) {
    var nics = decision.transaction().related(VmNicRow.TYPE, "vlan", List.of(vlan.id()));
    if (nics.isEmpty()) {
      return;
    }
    var vm = decision.transaction().find(VmRow.TYPE, nics.getFirst().vmId()).orElseThrow();
    throw new Problem(
            ProblemCode.PRECONDITION,
            "VLAN %s has a NIC of VM %s on it, and %s in all; move or remove them first"
                .formatted(vlan.name(), vm.name(), nics.size()),
            Map.of("id", vlan.id()))
        .asException();
  }

  private static Decided deleted(Decision decision, VlanRow vlan) {
    return decision.done(
        new LocalizedText("Delete VLAN " + vlan.name(), "删除虚拟机网络 " + vlan.name()),
        decision.subject("Vlan", vlan.id(), "deleteVlan", Vlans.cluster(decision, vlan)));
  }
}

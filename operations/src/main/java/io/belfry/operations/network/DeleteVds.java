package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.NicEdit;
import io.belfry.store.rows.NicRow;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanRow;
import java.util.List;
import java.util.Map;

/// `delete-vds`: removes virtual switches without networks for VMs. The platform's networks on them
/// go with them; their NICs are free again.
final class DeleteVds implements Mutation {
  @Override
  public String path() {
    return "delete-vds";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var switches = Switches.own(decision);
    switches.forEach(vds -> clear(decision, vds));
    decision.transaction().delete(VdsRow.TYPE, switches.stream().map(VdsRow::id).toList());
    return switches.stream().map(vds -> deleted(decision, vds)).toList();
  }

  private static void clear(Decision decision, VdsRow vds) {
    var vlans = decision.transaction().related(VlanRow.TYPE, "vds", List.of(vds.id()));
    vlans.stream()
        .filter(vlan -> vlan.type() == NetworkType.VM)
        .findFirst()
        .ifPresent(vlan -> refuse(vds, vlan));
    decision.transaction().delete(VlanRow.TYPE, vlans.stream().map(VlanRow::id).toList());
    var nics = decision.transaction().related(NicRow.TYPE, "vds", List.of(vds.id()));
    decision
        .transaction()
        .update(nics.stream().map(NicRow::id).toList(), NicEdit.edit().vdsId(null));
  }

  private static void refuse(VdsRow vds, VlanRow vlan) {
    throw new Problem(
            ProblemCode.PRECONDITION,
            "Virtual switch %s has VLAN %s; delete that first".formatted(vds.name(), vlan.name()),
            Map.of("id", vds.id()))
        .asException();
  }

  private static Decided deleted(Decision decision, VdsRow vds) {
    return decision.done(
        new LocalizedText("Delete virtual switch " + vds.name(), "删除虚拟分布式交换机 " + vds.name()),
        decision.subject("Vds", vds.id(), "deleteVds", vds.clusterId()));
  }
}

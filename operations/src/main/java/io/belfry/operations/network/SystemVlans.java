package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanEdit;
import io.belfry.store.rows.VlanModeType;
import io.belfry.store.rows.VlanRow;
import java.util.List;
import java.util.function.Function;

/// Networks of the platform itself, and the addresses that hosts have in them.
final class SystemVlans {
  private static final String ADDRESSES = "extra_ip";

  private SystemVlans() {}

  static void create(Decision decision, VdsRow vds, String name, NetworkType type, Params params) {
    decision
        .transaction()
        .insert(
            edit(VlanEdit.edit(), params)
                .id(decision.tools().ids().cuid())
                .localId(decision.tools().ids().uuid())
                .name(name)
                .type(type)
                .vdsId(vds.id()));
  }

  static void update(Decision decision, VlanRow vlan, Params data) {
    var edit = edit(VlanEdit.edit(), data);
    if (!edit.values().isEmpty()) {
      decision.transaction().update(vlan.id(), edit);
    }
  }

  private static VlanEdit edit(VlanEdit edit, Params params) {
    params
        .optionalInt("vlan_id")
        .ifPresent(
            number -> new VlanNumbers(VlanModeType.VLAN_ACCESS, number, List.of()).write(edit));
    params.optionalText("gateway_ip").ifPresent(edit::gatewayIp);
    params.optionalText("gateway_subnetmask").ifPresent(edit::gatewaySubnetmask);
    params.optionalText("subnetmask").ifPresent(edit::subnetmask);
    return edit;
  }

  /// Gives hosts the addresses that a request says.
  ///
  /// @param address writes one
  static void address(
      Decision decision, String clusterId, Params params, Function<String, HostEdit> address) {
    for (var one : params.objects(ADDRESSES)) {
      var host = decision.require(HostRow.TYPE, one.text("host_id"), one.path() + ".host_id");
      if (!host.clusterId().equals(clusterId)) {
        throw one.refused(
            ProblemCode.PRECONDITION,
            "host_id",
            "%s.host_id: host %s is in another cluster than the network"
                .formatted(one.path(), host.name()));
      }
      decision.transaction().update(host.id(), address.apply(one.text("management_ip")));
    }
  }
}

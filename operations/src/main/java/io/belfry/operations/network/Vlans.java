package io.belfry.operations.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation.Decided;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanEdit;
import io.belfry.store.rows.VlanModeType;
import io.belfry.store.rows.VlanRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/// VLANs as requests find and describe them.
final class Vlans {
  private Vlans() {}

  /// The VLANs that `where` selects, locked, all of one type.
  static List<VlanRow> locked(Decision decision, NetworkType type) {
    var vlans = decision.lock(VlanRow.TYPE, decision.body().object("where"));
    for (var vlan : vlans) {
      if (vlan.type() != type) {
        throw new Problem(
                ProblemCode.PRECONDITION,
                "VLAN %s is of type %s, expected %s"
                    .formatted(vlan.name(), vlan.type().wire(), type.wire()),
                Map.of("id", vlan.id()))
            .asException();
      }
    }
    return vlans;
  }

  static VlanNumbers numbers(VlanRow vlan) {
    return new VlanNumbers(
        Objects.requireNonNullElse(vlan.modeType(), VlanModeType.VLAN_ACCESS),
        vlan.vlanId(),
        StreamSupport.stream(vlan.networkIds().spliterator(), false)
            .map(JsonNode::textValue)
            .toList());
  }

  /// Writes how much the network may carry.
  static void limit(VlanEdit edit, Params params) {
    params.inBaseUnit("qos_burst").ifPresent(bytes -> edit.qosBurst((double) bytes));
    params.inBaseUnit("qos_max_bandwidth").ifPresent(rate -> edit.qosMaxBandwidth((double) rate));
    params.inBaseUnit("qos_min_bandwidth").ifPresent(rate -> edit.qosMinBandwidth((double) rate));
    if (params.json().hasNonNull("qos_priority")) {
      edit.qosPriority(params.json().path("qos_priority").intValue());
    }
  }

  static Decided updated(Decision decision, VlanRow vlan, String mutation) {
    return decision.done(
        new LocalizedText("Edit VLAN " + vlan.name(), "编辑虚拟机网络 " + vlan.name()),
        decision.subject("Vlan", vlan.id(), mutation, cluster(decision, vlan)));
  }

  static String cluster(Decision decision, VlanRow vlan) {
    return decision.transaction().find(VdsRow.TYPE, vlan.vdsId()).orElseThrow().clusterId();
  }
}

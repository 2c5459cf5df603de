package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation.Decided;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.NetworkType;
import io.belfry.store.rows.NicEdit;
import io.belfry.store.rows.NicRow;
import io.belfry.store.rows.VdsEdit;
import io.belfry.store.rows.VdsRow;
import java.util.List;
import java.util.Map;

/// Virtual switches as requests find and describe them.
final class Switches {
  private Switches() {}

  /// The switch with this id, locked, unless it is the platform's.
  ///
  /// @param parameter where in the body the id stands
  static VdsRow own(Decision decision, String id, String parameter) {
    decision.transaction().lock(VdsRow.TYPE, List.of(id));
    var vds = decision.require(VdsRow.TYPE, id, parameter);
    refuseInternal(vds);
    return vds;
  }

  /// The switches that `where` selects, locked, if none is the platform's.
  static List<VdsRow> own(Decision decision) {
    var switches = decision.lock(VdsRow.TYPE, decision.body().object("where"));
    switches.forEach(Switches::refuseInternal);
    return switches;
  }

  private static void refuseInternal(VdsRow vds) {
    if (vds.internal()) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "Virtual switch %s is the platform's, and not for networks of users"
                  .formatted(vds.name()),
              Map.of("id", vds.id()))
          .asException();
    }
  }

  /// Writes a switch that a request describes, with its NICs.
  static VdsRow create(Decision decision, Params params, NetworkType type) {
    var cluster =
        decision.require(ClusterRow.TYPE, params.text("cluster_id"), params.path() + ".cluster_id");
    var ids = decision.tools().ids();
    var id = ids.cuid();
    decision
        .transaction()
        .insert(
            VdsEdit.edit()
                .id(id)
                .localId(ids.uuid())
                .clusterId(cluster.id())
                .name(params.text("name"))
                .ovsbrName("ovsbr-" + ids.uuid().substring(0, 8))
                .bondMode(params.optionalText("bond_mode").orElse("active-backup"))
                .workMode(params.optionalText("work_mode").orElse("single"))
                .type(type)
                .internal(false));
    var vds = decision.transaction().find(VdsRow.TYPE, id).orElseThrow();
    connect(decision, vds, params, "nic_ids");
    return vds;
  }

  /// Makes the NICs that a request names the only ones of a switch.
  static void connect(Decision decision, VdsRow vds, Params params, String key) {
    var wanted = params.texts(key).stream().distinct().toList();
    decision.transaction().lock(NicRow.TYPE, wanted);
    for (var id : wanted) {
      requireFree(
          decision, vds, decision.require(NicRow.TYPE, id, params.path() + "." + key), params, key);
    }
    var former =
        decision.transaction().related(NicRow.TYPE, "vds", List.of(vds.id())).stream()
            .map(NicRow::id)
            .filter(id -> !wanted.contains(id))
            .toList();
    decision.transaction().update(former, NicEdit.edit().vdsId(null));
    decision.transaction().update(wanted, NicEdit.edit().vdsId(vds.id()));
  }

  private static void requireFree(
      Decision decision, VdsRow vds, NicRow nic, Params params, String key) {
    var host = decision.transaction().find(HostRow.TYPE, nic.hostId()).orElseThrow();
    if (!host.clusterId().equals(vds.clusterId())) {
      throw refused(params, key, nic, host, "is in another cluster than the switch");
    }
    if (nic.vdsId() != null && !nic.vdsId().equals(vds.id())) {
      throw refused(params, key, nic, host, "belongs to another switch");
    }
  }

  private static RuntimeException refused(
      Params params, String key, NicRow nic, HostRow host, String why) {
    return params.refused(
        ProblemCode.PRECONDITION,
        key,
        "%s.%s: NIC %s of host %s %s".formatted(params.path(), key, nic.name(), host.name(), why));
  }

  static Decided created(Decision decision, VdsRow vds, String mutation) {
    return decision.done(
        new LocalizedText("Create virtual switch " + vds.name(), "创建虚拟分布式交换机 " + vds.name()),
        decision.subject("Vds", vds.id(), mutation, vds.clusterId()));
  }
}

package io.belfry.operations.iscsi;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.IscsiTargetEdit;
import io.belfry.store.rows.IscsiTargetRow;
import java.util.List;

/// `create-iscsi-target`: creates targets without LUNs, open to all unless the request says
/// otherwise. Names are unique in a cluster, as they are part of the IQN.
final class CreateIscsiTarget implements ChangePerElement {
  @Override
  public String path() {
    return "create-iscsi-target";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var cluster =
        decision.require(ClusterRow.TYPE, params.text("cluster_id"), params.path() + ".cluster_id");
    var name = params.text("name");
    requireFree(decision, cluster, params);
    var id = decision.tools().ids().cuid();
    var edit =
        IscsiTargetEdit.edit()
            .id(id)
            .localId(decision.tools().ids().uuid())
            .clusterId(cluster.id())
            .name(name)
            .iqnName("iqn.2016-02.com.smartx:system:" + name)
            .description("")
            .ipWhitelist("*/*")
            .iqnWhitelist("*/*")
            .chapEnabled(false)
            .internal(false)
            .externalUse(true)
            .thinProvision(params.flag("thin_provision", true))
            .stripeNum(params.intValue("stripe_num"))
            .stripeSize(params.inBaseUnit("stripe_size").orElseThrow());
    Redundancy.read(params).write(edit);
    decision.transaction().insert(Targets.write(edit, params));
    Targets.limit(decision, id, params);
    Targets.requireChap(decision, id, params);
    return decision.done(
        new LocalizedText("Create iSCSI target " + name, "创建 iSCSI Target " + name),
        decision.subject("IscsiTarget", id, "createIscsiTarget", cluster.id()));
  }

  private static void requireFree(Decision decision, ClusterRow cluster, Params params) {
    var name = params.text("name");
    decision.transaction().exclude(List.of("iscsi target %s %s".formatted(cluster.id(), name)));
    var others =
        decision
            .transaction()
            .rows(
                IscsiTargetRow.TYPE,
                "WHERE cluster_id = ? AND name = ? LIMIT 1",
                List.of(cluster.id(), name));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "name",
          "%s.name: cluster %s has a target %s already"
              .formatted(params.path(), cluster.name(), name));
    }
  }
}

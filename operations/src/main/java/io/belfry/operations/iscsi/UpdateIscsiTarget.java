package io.belfry.operations.iscsi;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.device.NewNics;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.IscsiTargetEdit;
import io.belfry.store.rows.IscsiTargetRow;
import java.util.List;

/// `update-iscsi-target`: changes description, access and limits of targets. How they keep data
/// can't be changed.
final class UpdateIscsiTarget implements Mutation {
  private static final List<String> REDUNDANCY = List.of("ec_k", "ec_m", "resiliency_type");

  @Override
  public String path() {
    return "update-iscsi-target";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    REDUNDANCY.forEach(key -> NewNics.refuseUnbuilt(data, key));
    return Targets.own(decision).stream()
        .map(target -> {
          var edit = Targets.write(IscsiTargetEdit.edit(), data);
          if (!edit.values().isEmpty()) {
            decision.transaction().update(target.id(), edit);
          }
          Targets.limit(decision, target.id(), data);
          Targets.requireChap(decision, target.id(), data);
          return updated(decision, target);
        })
        .toList();
  }

  private static Decided updated(Decision decision, IscsiTargetRow target) {
    return decision.done(
        new LocalizedText("Edit iSCSI target " + target.name(), "编辑 iSCSI Target " + target.name()),
        decision.subject("IscsiTarget", target.id(), "updateIscsiTarget", target.clusterId()));
  }
}

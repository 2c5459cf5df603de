package io.belfry.operations.iscsi;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.IscsiTargetRow;
import java.util.List;
import java.util.Map;

/// `delete-iscsi-target`: removes targets that have no LUNs and no snapshots of any.
final class DeleteIscsiTarget implements Mutation {
  @Override
  public String path() {
    return "delete-iscsi-target";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var targets = Targets.own(decision);
    targets.forEach(target -> requireEmpty(decision, target));
    decision
        .transaction()
        .delete(IscsiTargetRow.TYPE, targets.stream().map(IscsiTargetRow::id).toList());
    return targets.stream().map(target -> deleted(decision, target)).toList();
  }

  private static void requireEmpty(Decision decision, IscsiTargetRow target) {
    var luns =
        decision.transaction().related(IscsiLunRow.TYPE, "iscsi_target", List.of(target.id()));
    if (!luns.isEmpty()) {
      throw refused(target, "has LUN " + luns.getFirst().name());
    }
    var snapshots =
        decision
            .transaction()
            .related(IscsiLunSnapshotRow.TYPE, "iscsi_target", List.of(target.id()));
    if (!snapshots.isEmpty()) {
      throw refused(target, "has snapshot " + snapshots.getFirst().name());
    }
  }

  private static ProblemException refused(IscsiTargetRow target, String why) {
    return new Problem(
            ProblemCode.PRECONDITION,
            "Target %s %s".formatted(target.name(), why),
            Map.of("id", target.id()))
        .asException();
  }

  private static Decided deleted(Decision decision, IscsiTargetRow target) {
    return decision.done(
        new LocalizedText(
            "Delete iSCSI target " + target.name(), "删除 iSCSI Target " + target.name()),
        decision.subject("IscsiTarget", target.id(), "deleteIscsiTarget", target.clusterId()));
  }
}

package io.belfry.operations.iscsi;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.tasks.NewTask;

/// `clone-iscsi-lun-from-snapshot`: creates LUNs with the content that snapshots kept, those of
/// volumes of VMs included.
record CloneIscsiLunFromSnapshot(Tools tools) implements LunCreation {
  @Override
  public String path() {
    return "clone-iscsi-lun-from-snapshot";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var target =
        Targets.own(decision, params.text("iscsi_target_id"), params.path() + ".iscsi_target_id");
    var snapshot = Luns.snapshot(decision, params);
    var source =
        decision.transaction().find(IscsiTargetRow.TYPE, snapshot.iscsiTargetId()).orElseThrow();
    Luns.requireSameCluster(target, source, params, "iscsi_target_id");
    var name = params.optionalText("name").orElse(snapshot.name());
    var lun =
        new NewLun(
            target,
            LunCreation.nextNumber(decision, target),
            name,
            shownSize(decision, snapshot),
            Redundancy.of(target),
            target.thinProvision());
    return prepare(
        decision,
        lun,
        new Way(
            "cloneIscsiLunFromSnapshot", description(snapshot, name), CopiedContent.of(snapshot)));
  }

  /// What the new LUN shows until its task has asked how big the snapshot is.
  private static long shownSize(Decision decision, IscsiLunSnapshotRow snapshot) {
    var source = snapshot.iscsiLunId();
    return source == null
        ? 0
        : decision
            .transaction()
            .find(IscsiLunRow.TYPE, source)
            .map(IscsiLunRow::assignedSize)
            .orElse(0L);
  }

  private static LocalizedText description(IscsiLunSnapshotRow snapshot, String name) {
    return new LocalizedText(
        "Clone iSCSI LUN %s from snapshot %s".formatted(name, snapshot.name()),
        "从快照 %s 克隆 iSCSI LUN %s".formatted(snapshot.name(), name));
  }
}

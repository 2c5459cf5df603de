package io.belfry.operations.iscsi;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.List;

/// Finds LUNs and snapshots that a request names, and locks those that no task changes.
final class Luns {
  private Luns() {}

  /// A LUN that holds no volume of VMs.
  ///
  /// @param parameter where in the body the id stands
  static IscsiLunRow own(Decision decision, String id, String parameter) {
    var lun = any(decision, id, parameter);
    refuseInternal(decision, lun);
    return lun;
  }

  /// @param parameter where in the body the id stands
  static IscsiLunRow any(Decision decision, String id, String parameter) {
    decision.transaction().lock(IscsiLunRow.TYPE, List.of(id));
    var lun = decision.require(IscsiLunRow.TYPE, id, parameter);
    refuseBusy(lun);
    return lun;
  }

  /// The LUNs that `where` selects, if none holds a volume of VMs.
  static List<IscsiLunRow> own(Decision decision) {
    var luns = decision.lock(IscsiLunRow.TYPE, decision.body().object("where"));
    for (var lun : luns) {
      refuseBusy(lun);
      refuseInternal(decision, lun);
    }
    return luns;
  }

  private static void refuseBusy(IscsiLunRow lun) {
    Busy.refuse("ISCSI_LUN", lun.id(), lun.entityAsyncStatus());
  }

  private static void refuseInternal(Decision decision, IscsiLunRow lun) {
    Targets.refuseInternal(target(decision, lun));
  }

  /// The id that the hypervisor knows a LUN by: that of the volume that it holds, if it does.
  static String device(Decision decision, IscsiLunRow lun) {
    return decision.transaction().related(VmVolumeRow.TYPE, "lun", List.of(lun.id())).stream()
        .findFirst()
        .map(VmVolumeRow::localId)
        .orElseGet(lun::zbsVolumeId);
  }

  static IscsiTargetRow target(Decision decision, IscsiLunRow lun) {
    return decision.transaction().find(IscsiTargetRow.TYPE, lun.iscsiTargetId()).orElseThrow();
  }

  /// Marks a LUN as being changed by a task.
  static void mark(Decision decision, IscsiLunRow lun, EntityAsyncStatus underWay) {
    decision.transaction().update(lun.id(), IscsiLunEdit.edit().entityAsyncStatus(underWay));
  }

  /// The snapshot that `snapshot_id` names.
  static IscsiLunSnapshotRow snapshot(Decision decision, Params params) {
    var id = params.text("snapshot_id");
    decision.transaction().lock(IscsiLunSnapshotRow.TYPE, List.of(id));
    var snapshot = decision.require(IscsiLunSnapshotRow.TYPE, id, params.path() + ".snapshot_id");
    refuseBusy(snapshot);
    return snapshot;
  }

  static void refuseBusy(IscsiLunSnapshotRow snapshot) {
    Busy.refuse("ISCSI_LUN_SNAPSHOT", snapshot.id(), snapshot.entityAsyncStatus());
  }

  /// Refuses a target in another cluster than what shall be copied there: no hypervisor copies
  /// between storages.
  static void requireSameCluster(
      IscsiTargetRow target, IscsiTargetRow source, Params params, String key) {
    if (!target.clusterId().equals(source.clusterId())) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          key,
          "%s.%s: target %s is in another cluster than %s"
              .formatted(params.path(), key, target.name(), source.name()));
    }
  }
}

package io.belfry.operations.volume;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import java.util.List;

/// Finds volumes and snapshots that a request names, and locks those that no task changes.
final class Locked {
  private Locked() {}

  /// @param parameter where in the body the id stands
  static VmVolumeRow volume(Decision decision, String id, String parameter) {
    decision.transaction().lock(VmVolumeRow.TYPE, List.of(id));
    var volume = decision.require(VmVolumeRow.TYPE, id, parameter);
    Volumes.refuseBusy(volume);
    return volume;
  }

  /// The snapshot that `volume_snapshot_id` names.
  static VmVolumeSnapshotRow snapshot(Decision decision, Params params) {
    var id = params.text("volume_snapshot_id");
    decision.transaction().lock(VmVolumeSnapshotRow.TYPE, List.of(id));
    var snapshot =
        decision.require(VmVolumeSnapshotRow.TYPE, id, params.path() + ".volume_snapshot_id");
    refuseBusy(snapshot);
    return snapshot;
  }

  static void refuseBusy(VmVolumeSnapshotRow snapshot) {
    Busy.refuse("VM_VOLUME_SNAPSHOT", snapshot.id(), snapshot.entityAsyncStatus());
  }
}

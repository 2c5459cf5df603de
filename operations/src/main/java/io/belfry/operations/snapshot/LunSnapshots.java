package io.belfry.operations.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.SnapshotSeen;
import io.belfry.operations.Tools;
import io.belfry.store.Transaction;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotEdit;

/// Rows of LUN snapshots.
final class LunSnapshots {
  private LunSnapshots() {}

  /// Writes the LUN snapshot of one volume; a volume without a LUN has none to show.
  static void insert(Transaction transaction, Tools tools, JsonNode lun, SnapshotSeen seen) {
    var lunId = lun.path("lun").textValue();
    if (lunId == null) {
      return;
    }
    var row = transaction.find(IscsiLunRow.TYPE, lunId).orElseThrow();
    transaction.insert(
        IscsiLunSnapshotEdit.edit()
            .id(tools.ids().cuid())
            .localId(seen.id().value())
            .name(lun.required("name").textValue())
            .iscsiLunId(lunId)
            .iscsiTargetId(row.iscsiTargetId())
            .uniqueSize(seen.uniqueBytes())
            .localCreatedAt(tools.clock().instant()));
  }
}

package io.belfry.operations.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.store.Transaction;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiLunSnapshotEdit;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeSnapshotEdit;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new volume or LUN is filled with: a volume, a LUN or a snapshot of one, which stays
/// locked until its content is copied.
///
/// @param rowId the id in the store
/// @param localId the id in the hypervisor
public record CopiedContent(Kind kind, String rowId, String localId) {
  private static final String KEY = "content";

  /// Payloads name them.
  public enum Kind {
    VOLUME,
    /// Of a volume.
    SNAPSHOT,
    LUN,
    LUN_SNAPSHOT
  }

  public static CopiedContent of(VmVolumeRow volume) {
    return new CopiedContent(Kind.VOLUME, volume.id(), volume.localId());
  }

  public static CopiedContent of(VmVolumeSnapshotRow snapshot) {
    return new CopiedContent(Kind.SNAPSHOT, snapshot.id(), snapshot.localId());
  }

  public static CopiedContent of(IscsiLunRow lun) {
    return new CopiedContent(Kind.LUN, lun.id(), lun.zbsVolumeId());
  }

  public static CopiedContent of(IscsiLunSnapshotRow snapshot) {
    return new CopiedContent(Kind.LUN_SNAPSHOT, snapshot.id(), snapshot.localId());
  }

  /// What a payload says; nothing if the volume shall be empty.
  public static Optional<CopiedContent> read(JsonNode payload) {
    return Optional.ofNullable(payload.get(KEY))
        .map(json ->
            new CopiedContent(
                Kind.valueOf(json.required("kind").textValue()),
                json.required("row").textValue(),
                json.required("device").textValue()));
  }

  public void write(ObjectNode payload) {
    payload.putObject(KEY).put("kind", kind.name()).put("row", rowId).put("device", localId);
  }

  public CopySource source() {
    return switch (kind) {
      case VOLUME, LUN -> new CopySource.OfVolume(new VolumeId(localId));
      case SNAPSHOT, LUN_SNAPSHOT -> new CopySource.OfSnapshot(new SnapshotId(localId));
    };
  }

  public void lock(Transaction transaction) {
    mark(transaction, EntityAsyncStatus.UPDATING);
  }

  public void unlock(Transaction transaction) {
    mark(transaction, null);
  }

  private void mark(Transaction transaction, @Nullable EntityAsyncStatus underWay) {
    transaction.update(
        rowId,
        switch (kind) {
          case VOLUME -> VmVolumeEdit.edit().entityAsyncStatus(underWay);
          case SNAPSHOT -> VmVolumeSnapshotEdit.edit().entityAsyncStatus(underWay);
          case LUN -> IscsiLunEdit.edit().entityAsyncStatus(underWay);
          case LUN_SNAPSHOT -> IscsiLunSnapshotEdit.edit().entityAsyncStatus(underWay);
        });
  }
}

package io.belfry.operations.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.store.Transaction;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeSnapshotEdit;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new volume is filled with: a volume or a snapshot, which stays locked until its content
/// is copied.
///
/// @param rowId the id in the store
/// @param localId the id in the hypervisor
record CopiedContent(Kind kind, String rowId, String localId) {
  private static final String KEY = "content";

  enum Kind {
    VOLUME,
    SNAPSHOT
  }

  static CopiedContent of(VmVolumeRow volume) {
    return new CopiedContent(Kind.VOLUME, volume.id(), volume.localId());
  }

  static CopiedContent of(VmVolumeSnapshotRow snapshot) {
    return new CopiedContent(Kind.SNAPSHOT, snapshot.id(), snapshot.localId());
  }

  /// What a payload says; nothing if the volume shall be empty.
  static Optional<CopiedContent> read(JsonNode payload) {
    return Optional.ofNullable(payload.get(KEY))
        .map(json ->
            new CopiedContent(
                Kind.valueOf(json.required("kind").textValue()),
                json.required("row").textValue(),
                json.required("device").textValue()));
  }

  void write(ObjectNode payload) {
    payload.putObject(KEY).put("kind", kind.name()).put("row", rowId).put("device", localId);
  }

  CopySource source() {
    return switch (kind) {
      case VOLUME -> new CopySource.OfVolume(new VolumeId(localId));
      case SNAPSHOT -> new CopySource.OfSnapshot(new SnapshotId(localId));
    };
  }

  void lock(Transaction transaction) {
    mark(transaction, EntityAsyncStatus.UPDATING);
  }

  void unlock(Transaction transaction) {
    mark(transaction, null);
  }

  private void mark(Transaction transaction, @Nullable EntityAsyncStatus underWay) {
    transaction.update(
        rowId,
        switch (kind) {
          case VOLUME -> VmVolumeEdit.edit().entityAsyncStatus(underWay);
          case SNAPSHOT -> VmVolumeSnapshotEdit.edit().entityAsyncStatus(underWay);
        });
  }
}

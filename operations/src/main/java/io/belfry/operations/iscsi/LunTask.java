package io.belfry.operations.iscsi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.operations.Tools;
import io.belfry.store.Transaction;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork.Recording;

/// A task about one LUN, as its work sees it.
record LunTask(Tools tools, RunningTask task) {
  private static final String ROW_ID = "lun";
  private static final String DRIVER_ID = "lun_device";

  /// A payload that says which LUN it is about.
  static ObjectNode payload(IscsiLunRow lun) {
    return payload(lun.id(), lun.zbsVolumeId());
  }

  /// @param volumeId the LUN's id in the hypervisor
  static ObjectNode payload(String rowId, String volumeId) {
    return JsonNodeFactory.instance.objectNode().put(ROW_ID, rowId).put(DRIVER_ID, volumeId);
  }

  HypervisorDriver driver() {
    return tools.driver();
  }

  JsonNode payload() {
    return task.payload();
  }

  /// The LUN's id in the store.
  String rowId() {
    return payload().required(ROW_ID).textValue();
  }

  /// The LUN's id in the hypervisor, to which it is a volume as others are.
  VolumeId volume() {
    return new VolumeId(payload().required(DRIVER_ID).textValue());
  }

  /// How to record what the hypervisor shows of the LUN, and that no task changes it any more.
  Recording recordSeen(VolumeSeen seen) {
    return transaction -> {
      record(transaction, seen);
      unlock(transaction);
    };
  }

  /// How to record what is left of the LUN when its task has failed.
  Recording recordLeft() throws InterruptedException {
    return driver()
        .observeVolume(volume())
        .<Recording>map(seen -> transaction -> record(transaction, seen))
        .orElse(Recording.NOTHING);
  }

  private void record(Transaction transaction, VolumeSeen seen) {
    transaction.update(
        rowId(),
        IscsiLunEdit.edit()
            .assignedSize(seen.definition().sizeBytes())
            .uniqueSize(seen.storedBytes())
            .uniqueLogicalSize((double) seen.uniqueBytes())
            .sharedSize(seen.usedBytes() - seen.uniqueBytes()));
  }

  /// Lets others change the LUN again.
  void unlock(Transaction transaction) {
    transaction.update(rowId(), IscsiLunEdit.edit().entityAsyncStatus(null));
  }
}

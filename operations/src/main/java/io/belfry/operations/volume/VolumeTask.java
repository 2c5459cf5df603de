package io.belfry.operations.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.VolumeSeen;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.VmRecords;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork.Recording;

/// A task about one volume, as its work sees it.
record VolumeTask(Tools tools, RunningTask task) {
  private static final String ROW_ID = "volume";
  private static final String DRIVER_ID = "volume_device";

  /// A payload that says which volume it is about.
  ///
  /// @param localId the volume's id in the hypervisor
  static ObjectNode payload(String rowId, String localId) {
    return JsonNodeFactory.instance.objectNode().put(ROW_ID, rowId).put(DRIVER_ID, localId);
  }

  HypervisorDriver driver() {
    return tools.driver();
  }

  JsonNode payload() {
    return task.payload();
  }

  /// The volume's id in the store.
  String rowId() {
    return payload().required(ROW_ID).textValue();
  }

  /// The volume's id in the hypervisor.
  VolumeId volume() {
    return new VolumeId(payload().required(DRIVER_ID).textValue());
  }

  /// How to record what the hypervisor shows of the volume, and that no task changes it any more.
  Recording recordSeen(VolumeSeen seen) {
    return transaction -> {
      VmRecords.volume(transaction, seen);
      unlock(transaction);
    };
  }

  /// How to record what is left of the volume when its task has failed.
  Recording recordLeft() throws InterruptedException {
    return driver()
        .observeVolume(volume())
        .<Recording>map(seen -> transaction -> VmRecords.volume(transaction, seen))
        .orElse(Recording.NOTHING);
  }

  /// Lets others change the volume again.
  void unlock(Transaction transaction) {
    transaction.update(rowId(), VmVolumeEdit.edit().entityAsyncStatus(null));
  }
}

package io.belfry.operations.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.store.row.RowType;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;

/// The snapshots that a task deletes, as its payload names them.
public final class SnapshotDeletion {
  private static final String KEY = "snapshots";
  private static final String ROW = "row";
  private static final String DEVICE = "device";

  private SnapshotDeletion() {}

  /// Adds a snapshot to a payload.
  ///
  /// @param localId its id in the hypervisor
  public static void add(ObjectNode payload, String rowId, String localId) {
    payload.withArray(KEY).addObject().put(ROW, rowId).put(DEVICE, localId);
  }

  /// Their ids in the store.
  public static List<String> rowIds(JsonNode payload) {
    return payload.path(KEY).findValuesAsText(ROW);
  }

  public static void delete(HypervisorDriver driver, JsonNode payload) throws InterruptedException {
    for (var snapshot : payload.path(KEY)) {
      driver.deleteSnapshot(id(snapshot));
    }
  }

  /// How the store forgets those that are gone, when another could not be deleted.
  public static Recording forgetGone(HypervisorDriver driver, JsonNode payload, RowType<?> type)
      throws InterruptedException {
    var gone = new ArrayList<String>();
    for (var snapshot : payload.path(KEY)) {
      if (driver.observeSnapshot(id(snapshot)).isEmpty()) {
        gone.add(snapshot.required(ROW).textValue());
      }
    }
    return transaction -> transaction.delete(type, gone);
  }

  private static SnapshotId id(JsonNode snapshot) {
    return new SnapshotId(snapshot.required(DEVICE).textValue());
  }
}

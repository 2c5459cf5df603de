package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// Which of the volumes that a task creates are filled with the content of others.
final class VolumeFilling {
  private static final String COPIES = "copies";
  private static final String VOLUME = "volume";
  private static final String SOURCE = "source";
  private static final String FROM_SNAPSHOT = "from_snapshot";
  private static final String LINKED = "linked";

  private final ArrayNode copies = JsonNodeFactory.instance.arrayNode();

  /// Has a volume filled with the content of another one, or of a snapshot.
  ///
  /// @param sourceLocalId the hypervisor's id of either
  /// @param linked whether it may share blocks with that
  void copy(String volumeId, String sourceLocalId, boolean fromSnapshot, boolean linked) {
    copies
        .addObject()
        .put(VOLUME, volumeId)
        .put(SOURCE, sourceLocalId)
        .put(FROM_SNAPSHOT, fromSnapshot)
        .put(LINKED, linked);
  }

  void put(ObjectNode payload) {
    payload.set(COPIES, copies);
  }

  /// Whether a task copies a volume byte by byte.
  static boolean isSlow(JsonNode payload) {
    return StreamSupport.stream(payload.path(COPIES).spliterator(), false)
        .anyMatch(copy -> !copy.path(LINKED).booleanValue());
  }

  /// Creates volumes, empty or filled as the task's payload says.
  ///
  /// @param volumes by the ids of their rows
  static void create(VmTask task, Map<String, VolumeDefinition> volumes)
      throws InterruptedException {
    var copies = new TreeMap<String, JsonNode>();
    task.payload()
        .path(COPIES)
        .forEach(copy -> copies.put(copy.required(VOLUME).textValue(), copy));
    var done = 0;
    for (var volume : volumes.entrySet()) {
      var copy = copies.get(volume.getKey());
      if (copy == null) {
        task.driver().createVolume(volume.getValue());
      } else {
        fill(task, copy, volume.getValue(), done, volumes.size());
      }
      done++;
    }
  }

  private static void fill(VmTask task, JsonNode copy, VolumeDefinition volume, int done, int all)
      throws InterruptedException {
    var sourceId = copy.required(SOURCE).textValue();
    CopySource source =
        copy.path(FROM_SNAPSHOT).booleanValue()
            ? new CopySource.OfSnapshot(new SnapshotId(sourceId))
            : new CopySource.OfVolume(new VolumeId(sourceId));
    var mode = copy.path(LINKED).booleanValue() ? CopyMode.LINKED : CopyMode.FULL;
    task.driver()
        .copyVolume(source, volume, mode, fraction -> task.progress((done + fraction) / (all + 1)));
  }
}

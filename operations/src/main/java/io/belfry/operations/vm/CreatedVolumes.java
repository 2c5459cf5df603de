package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.device.Volumes;
import java.util.List;

/// The volumes that a task creates, as its payload names them.
final class CreatedVolumes {
  private static final String IDS = "created_volumes";
  private static final String LOCAL_IDS = "created_volume_devices";

  private CreatedVolumes() {}

  static void put(ObjectNode payload, List<Volumes.Added> volumes) {
    Payloads.putAll(payload, IDS, volumes.stream().map(Volumes.Added::id).toList());
    Payloads.putAll(payload, LOCAL_IDS, volumes.stream().map(Volumes.Added::localId).toList());
  }

  /// Their ids in the store.
  static List<String> ids(JsonNode payload) {
    return Payloads.texts(payload, IDS);
  }

  /// Deletes those that exist.
  static void delete(HypervisorDriver driver, JsonNode payload) throws InterruptedException {
    for (var localId : Payloads.texts(payload, LOCAL_IDS)) {
      Leftovers.delete(driver, new VolumeId(localId));
    }
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HostId;
import io.belfry.operations.vm.Placement.Place;
import io.belfry.tasks.TaskFailedException;
import java.util.Optional;

/// The host that a task brings a VM to, as its payload says.
final class Destination {
  private static final String HOST = "host";
  private static final String HOST_ROW = "host_row_id";
  private static final String OBSTACLE = "obstacle";

  private Destination() {}

  /// @return the same payload
  static ObjectNode put(ObjectNode payload, Place place) {
    return switch (place) {
      case Place.On(var host) -> payload.put(HOST, host.localId()).put(HOST_ROW, host.id());
      case Place.Nowhere(var obstacle) -> payload.put(OBSTACLE, obstacle.name());
    };
  }

  /// The host's id in the hypervisor.
  ///
  /// @throws TaskFailedException if no host takes the VM
  static HostId require(JsonNode payload) {
    return find(payload).orElseThrow(() -> obstacle(payload).failure());
  }

  static Optional<HostId> find(JsonNode payload) {
    return Optional.ofNullable(payload.path(HOST).textValue()).map(HostId::new);
  }

  /// The host's id in the store.
  static Optional<String> findRow(JsonNode payload) {
    return Optional.ofNullable(payload.path(HOST_ROW).textValue());
  }

  private static Obstacle obstacle(JsonNode payload) {
    return Obstacle.valueOf(payload.path(OBSTACLE).asText(Obstacle.MEMORY.name()));
  }
}

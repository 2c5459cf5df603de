package io.belfry.sdk.simulator;

import io.belfry.sdk.Json;

/// A simulated host.
///
/// @param id as in the API
/// @param localId as on its cluster
public record SimulatedHost(String id, String localId, String name, State state) {
  /// What a host does.
  public enum State {
    CONNECTED,
    /// Answers, but takes no VM.
    MAINTENANCE,
    /// Does not answer.
    UNREACHABLE
  }

  static SimulatedHost of(Json json) {
    return new SimulatedHost(
        json.get("id").asText(),
        json.get("local_id").asText(),
        json.get("name").asText(),
        State.valueOf(json.get("state").asText()));
  }
}

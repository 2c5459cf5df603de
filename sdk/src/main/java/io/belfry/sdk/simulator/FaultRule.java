package io.belfry.sdk.simulator;

import io.belfry.sdk.Json;
import java.util.LinkedHashMap;

/// A fault that the simulator has been given.
///
/// @param fault as the server understood it: objects by their local ids
/// @param matched how many calls it fitted so far
/// @param struck how many of them went wrong
public record FaultRule(String id, Fault fault, long matched, long struck) {
  private static final String ID = "id";
  private static final String MATCHED = "matched";
  private static final String STRUCK = "struck";

  static FaultRule of(Json json) {
    var fault = new LinkedHashMap<>(json.fields());
    fault.remove(ID);
    fault.remove(MATCHED);
    fault.remove(STRUCK);
    return new FaultRule(
        json.get(ID).asText(),
        new Fault(fault),
        json.get(MATCHED).asLong(),
        json.get(STRUCK).asLong());
  }
}

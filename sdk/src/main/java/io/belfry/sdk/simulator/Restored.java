package io.belfry.sdk.simulator;

import io.belfry.sdk.Json;

/// What a [reset][Simulator#reset] had to do.
///
/// @param rows how many rows of the server's database were brought back, changed back or removed; 0
///   where nothing had changed
/// @param tasks how many tasks had not ended, and are gone
public record Restored(long rows, long tasks) {
  static Restored of(Json json) {
    return new Restored(json.get("rows").asLong(), json.get("tasks").asLong());
  }
}

package io.belfry.tasks;

import java.time.Duration;
import java.util.Map;

/// How the engine works.
///
/// @param owner names this process in leases; unique among all that share the database
/// @param concurrency how many tasks run at once
/// @param lease how long a task stays with a process that says nothing
/// @param pollInterval how long a task that another process queued may go unnoticed
/// @param attempts how often a task is tried that ends in a fault of ours
/// @param lanes how many tasks may run at once in each [Lane] of a kind, all processes together;
///   kinds that are not named here are not limited
public record TaskSettings(
    String owner,
    int concurrency,
    Duration lease,
    Duration pollInterval,
    int attempts,
    Map<String, Integer> lanes) {

  public TaskSettings {
    lanes = Map.copyOf(lanes);
  }

  /// Settings with which another process takes over within 5 s of a death.
  ///
  /// @param lanes how many tasks may run at once in each lane of a kind
  public static TaskSettings defaults(String owner, Map<String, Integer> lanes) {
    return new TaskSettings(owner, 256, Duration.ofMillis(3_500), Duration.ofSeconds(1), 5, lanes);
  }

  /// How often a lease is renewed: often enough that two renewals may fail.
  Duration heartbeat() {
    return lease.dividedBy(4);
  }

  boolean allows(Lane lane, int running) {
    return running < lanes.getOrDefault(lane.kind(), Integer.MAX_VALUE);
  }
}

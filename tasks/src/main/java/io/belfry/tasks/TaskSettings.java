package io.belfry.tasks;

import java.time.Duration;

/// How the engine works.
///
/// @param owner names this process in leases; unique among all that share the database
/// @param concurrency how many tasks run at once
/// @param lease how long a task stays with a process that says nothing
/// @param pollInterval how long a task that another process queued may go unnoticed
/// @param attempts how often a task is tried that ends in a fault of ours
public record TaskSettings(
    String owner, int concurrency, Duration lease, Duration pollInterval, int attempts) {

  public static TaskSettings defaults(String owner) {
    return new TaskSettings(owner, 256, Duration.ofSeconds(4), Duration.ofSeconds(1), 5);
  }

  /// How often a lease is renewed: often enough that two renewals may fail.
  Duration heartbeat() {
    return lease.dividedBy(4);
  }
}

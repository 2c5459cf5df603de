package io.belfry.reliability.crash;

import java.time.Duration;

/// How a run is.
///
/// @param seed decides which blows fall and when, and what tenants would like to do
/// @param taskLimit how long a task may take
/// @param patience how long the server may be away at a time
record CrashSettings(int kills, long seed, int tenants, Duration taskLimit, Duration patience) {

  /// Limits that only a fault exceeds, even on a machine that has much else to do.
  static CrashSettings of(int kills, long seed, int tenants) {
    return new CrashSettings(kills, seed, tenants, Duration.ofMinutes(5), Duration.ofMinutes(10));
  }
}

package io.belfry.reliability.crash;

import java.time.Duration;

/// How a run is.
///
/// @param seed decides which blows fall and when, and what tenants would like to do
/// @param taskLimit how long a task may take while blows fall
record CrashSettings(int kills, long seed, int tenants, Duration taskLimit, Duration patience) {
  static CrashSettings of(int kills, long seed) {
    return new CrashSettings(kills, seed, 6, Duration.ofMinutes(3), Duration.ofMinutes(3));
  }
}

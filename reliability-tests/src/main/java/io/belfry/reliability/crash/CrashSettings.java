package io.belfry.reliability.crash;

import java.time.Duration;

/// How a run is.
///
/// @param seed decides which blows fall and when, and what tenants would like to do
/// @param replicas how many servers share the database
/// @param faults whether the hypervisor has faults
record CrashSettings(int kills, long seed, int tenants, int replicas, boolean faults) {
  private static final int USUAL_TENANTS = 6;

  CrashSettings {
    if (kills < 0 || tenants < 1 || replicas < 1) {
      throw new IllegalArgumentException(
          "kills must be 0 or more, tenants and replicas 1 or more: %s, %s, %s"
              .formatted(kills, tenants, replicas));
    }
  }

  /// One server without faults.
  static CrashSettings of(int kills, long seed) {
    return new CrashSettings(kills, seed, USUAL_TENANTS, 1, false);
  }

  CrashSettings withKills(int changed) {
    return new CrashSettings(changed, seed, tenants, replicas, faults);
  }

  CrashSettings withSeed(long changed) {
    return new CrashSettings(kills, changed, tenants, replicas, faults);
  }

  CrashSettings withTenants(int changed) {
    return new CrashSettings(kills, seed, changed, replicas, faults);
  }

  CrashSettings withReplicas(int changed) {
    return new CrashSettings(kills, seed, tenants, changed, faults);
  }

  CrashSettings withFaults() {
    return new CrashSettings(kills, seed, tenants, replicas, true);
  }

  /// How long a task may take: what only a fault of ours exceeds, even on a machine that has much
  /// else to do.
  Duration taskLimit() {
    return Duration.ofMinutes(5);
  }

  /// How long the server may be away at a time.
  Duration patience() {
    return Duration.ofMinutes(10);
  }

  /// The options that repeat the plan.
  @Override
  public String toString() {
    return "--kills %s --seed %s --tenants %s --replicas %s%s"
        .formatted(kills, seed, tenants, replicas, faults ? " --faults" : "");
  }
}

package io.belfry.hypervisor.simulator;

import java.time.Duration;

/// How long things take in reality.
final class Pace {
  /// Any change that moves no data.
  static final Duration EDIT = Duration.ofSeconds(1);

  /// Until a VM runs, before its guest begins to boot.
  static final Duration START = Duration.ofSeconds(2);

  /// Until a guest's tools run.
  static final Duration BOOT = Duration.ofSeconds(30);

  static final Duration GUEST_SHUTDOWN = Duration.ofSeconds(20);
  static final Duration SNAPSHOT = Duration.ofSeconds(2);

  private static final long COPIED_BYTES_PER_SECOND = 400_000_000;
  private static final long MIGRATED_BYTES_PER_SECOND = 1_000_000_000;

  private Pace() {}

  static Duration copy(long bytes) {
    return EDIT.plusMillis(bytes / (COPIED_BYTES_PER_SECOND / 1000));
  }

  static Duration migration(long memoryBytes) {
    return EDIT.plusMillis(memoryBytes / (MIGRATED_BYTES_PER_SECOND / 1000));
  }
}

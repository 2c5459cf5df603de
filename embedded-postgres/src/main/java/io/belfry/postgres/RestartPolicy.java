package io.belfry.postgres;

import java.time.Duration;

/// How often a PostgreSQL that dies is started again.
///
/// @param failures deaths and failed starts in a row after which it stays down
/// @param calm how long it must run for earlier failures to be forgotten
/// @param firstPause before the first new start; each further failure doubles it
/// @param longestPause which it never exceeds
record RestartPolicy(int failures, Duration calm, Duration firstPause, Duration longestPause) {
  /// Goes on for a minute and a half, which is enough for a disk that fills up and is cleared, and
  /// for orphaned processes to notice that they are orphans.
  static final RestartPolicy USUAL =
      new RestartPolicy(12, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(20));

  /// How long to wait after so many failures in a row.
  Duration pause(int failed) {
    var pause = firstPause.multipliedBy(1L << Math.min(failed - 1, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}

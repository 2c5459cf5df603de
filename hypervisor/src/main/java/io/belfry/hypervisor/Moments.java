package io.belfry.hypervisor;

import java.time.Duration;
import java.time.Instant;

/// Moments at equal distances, the oldest first.
///
/// @param count at least one
public record Moments(Instant first, Duration step, int count) {
  public Moments {
    Require.positive("step", step.toMillis());
    Require.positive("count", count);
  }

  /// Milliseconds since 1970.
  ///
  /// @param index counts from 0
  public long millis(int index) {
    return first.toEpochMilli() + index * step.toMillis();
  }
}

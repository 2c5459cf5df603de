package io.belfry.sdk;

import java.time.Duration;

/// Checks of arguments.
final class Require {
  private Require() {}

  static Duration positive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
    return duration;
  }
}

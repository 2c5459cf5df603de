package io.belfry.hypervisor.simulator.faults;

import java.time.Duration;

/// How long a slow call takes in addition.
public sealed interface Delay {
  /// The delay for a number that looks random.
  ///
  /// @param chance from 0, below 1
  Duration at(double chance);

  /// Always the same.
  record Fixed(Duration duration) implements Delay {
    public Fixed {
      requirePositive(duration);
    }

    @Override
    public Duration at(double chance) {
      return duration;
    }
  }

  /// Anything between two durations, all as likely.
  record Uniform(Duration min, Duration max) implements Delay {
    public Uniform {
      if (min.isNegative() || min.compareTo(max) >= 0) {
        throw new IllegalArgumentException(
            "min must not be negative and below max: %s, %s".formatted(min, max));
      }
    }

    @Override
    public Duration at(double chance) {
      return min.plus(scaled(max.minus(min), chance));
    }
  }

  /// Mostly short, sometimes long, as waiting in queues is.
  record Exponential(Duration mean) implements Delay {
    public Exponential {
      requirePositive(mean);
    }

    @Override
    public Duration at(double chance) {
      return scaled(mean, -Math.log1p(-chance));
    }
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("must be positive: " + duration);
    }
  }
}

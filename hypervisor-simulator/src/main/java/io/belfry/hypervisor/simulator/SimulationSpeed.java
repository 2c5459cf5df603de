package io.belfry.hypervisor.simulator;

import java.time.Duration;

/// How much faster than a real data centre the simulated one is.
public enum SimulationSpeed {
  /// Nothing takes time: for tests.
  INSTANT,
  /// A hundred times as fast: a guest boots in 0.3 s, a copy of 40 GiB takes 1 s.
  FAST,
  /// Ten times as fast: for tests that want to meet things half done.
  BRISK,
  /// As slow as the real thing.
  REAL;

  /// What is left of a duration that something takes in reality.
  Duration scaled(Duration real) {
    return switch (this) {
      case INSTANT -> Duration.ZERO;
      case FAST -> real.dividedBy(100);
      case BRISK -> real.dividedBy(10);
      case REAL -> real;
    };
  }
}

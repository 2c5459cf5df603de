package io.belfry.hypervisor.simulator.faults;

import java.util.SplittableRandom;

/// Numbers that look random and are the same for the same seed, in any order.
final class Chance {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Chance() {}

  /// The number at some place in the sequence of a seed, from 0 and below 1.
  static double of(long seed, long place) {
    return new SplittableRandom(seed + place * STEP).nextDouble();
  }
}

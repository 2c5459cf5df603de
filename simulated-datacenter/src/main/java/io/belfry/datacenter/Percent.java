package io.belfry.datacenter;

/// Parts of a hundred, with two decimals.
final class Percent {
  private Percent() {}

  static double of(long part, long whole) {
    return rounded(100.0 * part / whole);
  }

  static double rounded(double percent) {
    return Math.round(percent * 100) / 100.0;
  }
}

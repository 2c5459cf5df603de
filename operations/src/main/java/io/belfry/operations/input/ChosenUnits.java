package io.belfry.operations.input;

/// The units that a request may choose, `MB` or `Gbps`: of bytes powers of 1024, of bits powers of
/// 1000, as is usual for networks.
final class ChosenUnits {
  private static final String PREFIXES = "KMGTP";

  private ChosenUnits() {}

  /// How many of the base unit one of a unit is.
  static long factor(String unit) {
    var step = unit.contains("B") ? 1024 : 1000;
    var factor = 1L;
    for (var i = 0; i <= PREFIXES.indexOf(unit.charAt(0)); i++) {
      factor *= step;
    }
    return factor;
  }
}

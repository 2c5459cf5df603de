package io.belfry.hypervisor.simulator.faults;

import java.util.OptionalLong;

/// Counts the calls that rules fit. Thread-safe.
@FunctionalInterface
public interface Ledger {
  /// Counts one more call that a rule fits.
  ///
  /// @return the call's number if the rule strikes it
  OptionalLong count(FaultRule rule);

  /// How often a rule was used.
  ///
  /// @param matched calls that it fitted
  /// @param struck those of them that it struck
  record Counts(long matched, long struck) {}
}

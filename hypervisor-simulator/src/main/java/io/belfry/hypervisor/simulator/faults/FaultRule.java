package io.belfry.hypervisor.simulator.faults;

import io.belfry.hypervisor.simulator.Faults.Call;

/// Which calls go wrong, how often, and how.
///
/// @param id names it for people and ledgers
public record FaultRule(String id, Target target, Frequency frequency, Trouble trouble) {

  /// Whether a call is one of those that the rule may strike.
  ///
  /// @param operation the path of the operation that makes the call; empty if nobody knows
  boolean concerns(Call call, String operation) {
    return trouble.canStrike(call) && target.fits(call, operation);
  }
}

package io.belfry.hypervisor.simulator.faults;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// A ledger that lasts as long as this process.
public final class MemoryLedger implements Ledger {
  private final ConcurrentHashMap<String, Counts> counts = new ConcurrentHashMap<>();

  @Override
  public OptionalLong count(FaultRule rule) {
    var strikes = new boolean[1];
    var after =
        counts.compute(
            rule.id(),
            (_, before) -> {
              var old = before == null ? new Counts(0, 0) : before;
              strikes[0] = rule.frequency().strikes(old.matched() + 1);
              return new Counts(old.matched() + 1, old.struck() + (strikes[0] ? 1 : 0));
            });
    return strikes[0] ? OptionalLong.of(after.matched()) : OptionalLong.empty();
  }

  /// How often a rule was used so far.
  public Counts counts(String ruleId) {
    return counts.getOrDefault(ruleId, new Counts(0, 0));
  }
}

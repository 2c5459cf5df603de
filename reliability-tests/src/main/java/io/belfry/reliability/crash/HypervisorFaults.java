package io.belfry.reliability.crash;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.simulator.Delay;
import io.belfry.sdk.simulator.Fault;
import io.belfry.sdk.simulator.Refusal;
import io.belfry.sdk.simulator.Simulator;
import java.time.Duration;
import java.util.List;

/// Fault rules that let the hypervisor be slow, break off, fail and refuse, now and then. They
/// outlive servers. Only a refusal lets a task fail: after all else it is tried again.
final class HypervisorFaults {
  /// What tasks say that were refused.
  static final List<String> EXCUSES = List.of("a fault rule says so");

  private static final double OFTEN = 0.1;
  private static final double SELDOM = 0.02;
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(400);

  /// Calls that have the one effect of a task, or come before all that can't be taken back.
  private static final String[] REFUSED = {
    "define",
    "start",
    "suspend",
    "resume",
    "migrate",
    "reset",
    "resize",
    "attach",
    "createVolume",
    "copyVolume",
    "snapshot"
  };

  private HypervisorFaults() {}

  static void add(ApiClient client, long seed) {
    var simulator = new Simulator(client);
    simulator.add(Fault.slow(Delay.uniform(SHORT, LONG)).probability(OFTEN, seed));
    simulator.add(Fault.reset().probability(SELDOM, seed + 1));
    simulator.add(Fault.reset().afterTheEffect().probability(SELDOM, seed + 2));
    simulator.add(Fault.fail().probability(SELDOM, seed + 3));
    simulator.add(Fault.fail().afterTheEffect().probability(SELDOM, seed + 4));
    simulator.add(Fault.refuse(Refusal.BROKEN).calls(REFUSED).probability(SELDOM, seed + 5));
  }
}

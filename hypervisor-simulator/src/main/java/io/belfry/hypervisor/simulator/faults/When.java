package io.belfry.hypervisor.simulator.faults;

/// Whether a call goes wrong before it has its effect, or after.
public enum When {
  BEFORE,
  AFTER
}

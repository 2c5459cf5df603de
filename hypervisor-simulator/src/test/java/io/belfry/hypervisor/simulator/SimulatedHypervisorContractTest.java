package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.HypervisorDriverContract;
import io.belfry.hypervisor.Lab;

final class SimulatedHypervisorContractTest implements HypervisorDriverContract {
  private final Lab lab = new SimulatedLab(SimulationSpeed.REAL).forContract();

  @Override
  public Lab lab() {
    return lab;
  }
}

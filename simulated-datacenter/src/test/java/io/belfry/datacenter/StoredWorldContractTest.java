package io.belfry.datacenter;

import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.HypervisorDriverContract;
import io.belfry.hypervisor.Lab;
import io.belfry.hypervisor.simulator.SimulatedLab;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// Two simulators of one world are, call by call, one hypervisor.
final class StoredWorldContractTest implements HypervisorDriverContract {
  private final LabWorld world = new LabWorld();
  private final HypervisorDriver driver =
      new TakingTurns(
          List.of(world.simulator(SimulationSpeed.REAL), world.simulator(SimulationSpeed.REAL)));
  private final Lab lab = SimulatedLab.forContract(driver, world.time);

  @Override
  public Lab lab() {
    return lab;
  }

  @AfterEach
  void drop() {
    world.close();
  }
}

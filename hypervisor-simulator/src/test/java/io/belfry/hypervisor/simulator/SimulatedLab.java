package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.Lab;
import io.belfry.hypervisor.NetworkId;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.StoragePolicy;
import io.belfry.hypervisor.StoragePolicy.Replicas;
import io.belfry.hypervisor.VolumeDefinition;
import io.belfry.hypervisor.VolumeId;
import java.time.Duration;
import java.util.List;

/// Two hosts of 1 GiB, a storage of 100 GiB and two installed volumes, in the simulator.
public final class SimulatedLab {
  static final long GIB = 1L << 30;
  static final long SEED = 42;
  static final HostId HERE = new HostId("here");
  static final HostId THERE = new HostId("there");
  static final StorageId STORAGE = new StorageId("storage");
  static final NetworkId NETWORK = new NetworkId("network");
  static final VolumeId TALKING = new VolumeId("talking");
  static final VolumeId SILENT = new VolumeId("silent");
  static final StoragePolicy THIN = new StoragePolicy(new Replicas(2), true);

  final VirtualTime time = new VirtualTime();
  final SimulatedHypervisor driver;

  SimulatedLab(SimulationSpeed speed) {
    this(speed, Faults.NONE);
  }

  SimulatedLab(SimulationSpeed speed, Faults faults) {
    driver = new SimulatedHypervisor(SEED, time.at(speed), faults);
    driver.restore(inventory());
  }

  /// What the lab is before any call.
  public static Inventory inventory() {
    return new Inventory(
        List.of(host(HERE, HostState.CONNECTED), host(THERE, HostState.CONNECTED)),
        List.of(new Inventory.Storage(STORAGE, 100 * GIB)),
        List.of(
            installed(TALKING, new GuestImage("CentOS 7", "3.10.0", "3.2.0", true)),
            installed(SILENT, new GuestImage("CentOS 7", "3.10.0", null, false))),
        List.of(),
        List.of(),
        List.of());
  }

  static Inventory.Host host(HostId id, HostState state) {
    return new Inventory.Host(id, state, GIB);
  }

  private static Inventory.Volume installed(VolumeId id, GuestImage guest) {
    return new Inventory.Volume(new VolumeDefinition(id, STORAGE, 4 * GIB, THIN), GIB, guest);
  }

  Lab forContract() {
    return forContract(driver, time);
  }

  /// A lab for the contract of drivers.
  ///
  /// @param driver of the lab's inventory
  /// @param time the driver's
  public static Lab forContract(HypervisorDriver driver, VirtualTime time) {
    return new Lab(
        driver,
        HERE,
        THERE,
        STORAGE,
        NETWORK,
        TALKING,
        SILENT,
        () -> time.pause(Duration.ofSeconds(1)));
  }
}

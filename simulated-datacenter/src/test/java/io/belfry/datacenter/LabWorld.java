package io.belfry.datacenter;

import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.Faults;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.hypervisor.simulator.SimulatedLab;
import io.belfry.hypervisor.simulator.SimulationSpeed;
import io.belfry.hypervisor.simulator.VirtualTime;
import io.belfry.hypervisor.simulator.WorldLog;
import io.belfry.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The simulator's lab in a database: its inventory, overlaid by what is stored.
final class LabWorld implements WorldLog, AutoCloseable {
  private static final long SEED = 42;

  final VirtualTime time = new VirtualTime();
  private final Set<Fence> outdated = ConcurrentHashMap.newKeySet();
  private final TestDatacenter datacenter = TestDatacenter.empty();
  private final StoredWorld stored = stored(Duration.ofHours(1));

  /// One more simulator that plays this world.
  SimulatedHypervisor simulator(SimulationSpeed speed) {
    return simulator(speed, this);
  }

  /// One more simulator, in which nothing takes time and some calls go wrong.
  SimulatedHypervisor simulator(Faults faults) {
    return new SimulatedHypervisor(SEED, time.at(SimulationSpeed.INSTANT), faults, this);
  }

  /// One more simulator, whose way to this world is another.
  SimulatedHypervisor simulator(SimulationSpeed speed, WorldLog log) {
    return new SimulatedHypervisor(SEED, time.at(speed), Faults.NONE, log);
  }

  /// Lets somebody else take over.
  void replace(Fence fence) {
    outdated.add(fence);
  }

  private Set<Fence> valid(Transaction transaction, Set<Fence> fences) {
    return fences.stream().filter(fence -> !outdated.contains(fence)).collect(Collectors.toSet());
  }

  /// What is stored of this world.
  ///
  /// @param memory for how long it is known that something is gone
  StoredWorld stored(Duration memory) {
    return new StoredWorld(datacenter.store(), this::valid, memory);
  }

  @Override
  public News tell(Consumer<Inventory> beginning) {
    beginning.accept(SimulatedLab.inventory());
    return stored.tell(beginning);
  }

  @Override
  public Optional<News> since(long last) {
    return stored.since(last);
  }

  @Override
  public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
    return stored.add(last, fences, turn);
  }

  @Override
  public void close() {
    datacenter.close();
  }
}

package io.belfry.server.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.datacenter.SeedCopy;
import io.belfry.datacenter.StoredWorld;
import io.belfry.datacenter.faults.SharedFaults;
import io.belfry.datacenter.time.SharedClock;
import io.belfry.hypervisor.simulator.SimulatedHypervisor;
import io.belfry.operations.IdempotencyKeys;
import io.belfry.server.auth.AuthOperations;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.job.RecurringJob;
import io.belfry.tasks.TaskQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the simulated data centre, and all else that is stored, begin anew. The one place that
/// decides what that means; thread-safe (docs/adr/0016-back-to-the-seed.md).
public final class SimulatorReset {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorReset.class);

  private final Store store;
  private final Simulation simulation;
  private final TaskQueue queue;
  private final AuthOperations auth;
  private final RecurringJob hostWatch;

  /// @param hostWatch rests meanwhile, as it acts on what it has seen of hosts
  public SimulatorReset(
      Store store,
      Simulation simulation,
      TaskQueue queue,
      AuthOperations auth,
      RecurringJob hostWatch) {
    this.store = store;
    this.simulation = simulation;
    this.queue = queue;
    this.auth = auth;
    this.hostWatch = hostWatch;
  }

  /// What plays the data centre, and knows how it began.
  public record Simulation(
      SharedFaults faults,
      SharedClock clock,
      StoredWorld world,
      SimulatedHypervisor hypervisor,
      SeedCopy seed) {}

  /// Goes back to the beginning, in one transaction. Rules go first, so that calls that hang by one
  /// go on: into a world that ends, or to be refused.
  ///
  /// @return how many rows were brought back, and tasks forgotten
  /// @throws io.belfry.problem.ProblemException if there is no way back; then only the rules are
  ///   gone
  JsonNode reset() {
    simulation.faults().removeAll();
    var answer = hostWatch.whileResting(() -> store.write(this::reset));
    Thread.ofVirtual().name("simulator learns").start(this::lookAtTheWorld);
    return answer;
  }

  /// The lock of the world comes first, as it does where a call of a task asks for its claim.
  private JsonNode reset(Transaction transaction) {
    return simulation.world().beginAnew(transaction, () -> bringBack(transaction));
  }

  private JsonNode bringBack(Transaction transaction) {
    var tasks = queue.forgetAll(transaction);
    IdempotencyKeys.forgetAll(transaction);
    simulation.clock().goBack(transaction);
    var rows = simulation.seed().restore(transaction);
    auth.forgetWhoIsGone(transaction);
    return JsonNodeFactory.instance.objectNode().put("rows", rows).put("tasks", tasks);
  }

  /// Spares the next call the time in which the simulator learns that all is new, or most of it.
  private void lookAtTheWorld() {
    try {
      var _ = simulation.hypervisor().hosts();
    } catch (RuntimeException e) {
      LOG.debug("the simulator will learn at its next call that all is new: {}", e.getMessage());
    }
  }
}

package io.belfry.datacenter;

import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.WorldLog;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// A world in which something happens whenever somebody looks.
record WatchedWorld(WorldLog log, Runnable happening) implements WorldLog {
  @Override
  public News tell(Consumer<Inventory> beginning) {
    return log.tell(beginning);
  }

  @Override
  public Optional<News> since(long last) {
    happening.run();
    return log.since(last);
  }

  @Override
  public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
    return log.add(last, fences, turn);
  }
}

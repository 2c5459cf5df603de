package io.belfry.datacenter;

import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.hypervisor.simulator.WorldLog;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// The way to a log, which can be interrupted.
final class Cable implements WorldLog {
  static final String PULLED = "the cable is pulled";

  private final WorldLog log;
  private final Fault fault;
  private volatile boolean pulled;

  Cable(WorldLog log, Fault fault) {
    this.log = log;
    this.fault = fault;
  }

  /// What happens to a turn while the cable is pulled.
  enum Fault {
    /// Its changes are not kept.
    NOTHING_KEPT,
    /// Its changes are kept, but nobody learns of that.
    NOTHING_SAID
  }

  void pull() {
    pulled = true;
  }

  void plug() {
    pulled = false;
  }

  @Override
  public News tell(Consumer<Inventory> beginning) {
    return log.tell(beginning);
  }

  @Override
  public Optional<News> since(long last) {
    return log.since(last);
  }

  @Override
  public OptionalLong add(long last, Set<Fence> fences, Turn turn) {
    if (!pulled) {
      return log.add(last, fences, turn);
    }
    switch (fault) {
      case NOTHING_KEPT ->
          log.add(
              last,
              fences,
              (others, outdated) -> {
                turn.take(others, outdated);
                throw new IllegalStateException(PULLED);
              });
      case NOTHING_SAID -> log.add(last, fences, turn);
    }
    throw new IllegalStateException(PULLED);
  }
}

package io.belfry.hypervisor.simulator;

import java.time.Duration;

/// How a call waits.
@FunctionalInterface
public interface Waiting {
  /// Sleeps on the calling thread.
  Waiting SLEEPING = Thread::sleep;

  /// Returns when the duration has passed on the clock that the simulator was given.
  void pause(Duration duration) throws InterruptedException;
}

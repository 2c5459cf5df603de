package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Progress;
import java.time.Clock;
import java.time.Duration;

/// The time in the simulated data centre.
public record SimulatedTime(Clock clock, Waiting waiting, SimulationSpeed speed) {
  private static final int STEPS = 10;

  long nowMillis() {
    return clock.millis();
  }

  /// Waits for something that takes this long in reality.
  void pass(Duration real) throws InterruptedException {
    pause(speed.scaled(real));
  }

  /// Waits for what is left of something when the speed is considered.
  void pause(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      waiting.pause(duration);
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// The same, telling how far it is.
  void pass(Duration real, Progress progress) throws InterruptedException {
    for (var step = 0; step < STEPS; step++) {
      progress.at((double) step / STEPS);
      pass(real.dividedBy(STEPS));
    }
    progress.at(1);
  }
}

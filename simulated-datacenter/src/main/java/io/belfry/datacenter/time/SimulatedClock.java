package io.belfry.datacenter.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/// The time in the simulated data centre: the real time, or ahead of it. Thread-safe.
public final class SimulatedClock extends Clock {
  private final Clock real;
  private final AtomicReference<Duration> ahead;

  public SimulatedClock(Clock real) {
    this(real, new AtomicReference<>(Duration.ZERO));
  }

  private SimulatedClock(Clock real, AtomicReference<Duration> ahead) {
    this.real = real;
    this.ahead = ahead;
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead());
  }

  /// How far it is ahead of the real time.
  Duration ahead() {
    return ahead.get();
  }

  void setAhead(Duration duration) {
    ahead.set(duration);
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new SimulatedClock(real.withZone(zone), ahead);
  }
}

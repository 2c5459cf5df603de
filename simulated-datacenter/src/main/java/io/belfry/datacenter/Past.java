package io.belfry.datacenter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time in which the data centre came to be: its objects are created one after the other. Moves
/// forward only.
final class Past implements InstantSource {
  private Instant now;

  Past(Instant beginning) {
    this.now = beginning;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  /// Moves to a moment, unless it is past already.
  void passTo(Instant moment) {
    if (moment.isAfter(now)) {
      now = moment;
    }
  }
}

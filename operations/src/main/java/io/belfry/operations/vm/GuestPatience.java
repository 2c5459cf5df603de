package io.belfry.operations.vm;

import java.time.Duration;

/// How long a guest has to react before a task goes on without it.
final class GuestPatience {
  static final Duration TO_SHUT_DOWN = Duration.ofMinutes(2);
  static final Duration TO_RESTART = Duration.ofMinutes(2);

  private GuestPatience() {}
}

package io.belfry.sdk;

import java.time.Duration;

/// How long to pause between two looks at something: growing by a quarter, each pause is about a
/// fifth of the time that has passed, so that is how late the end is seen.
///
/// @param first the first pause; each following one is a quarter longer
/// @param longest where that growth ends
record Pace(Duration first, Duration longest) {
  static final Pace ADAPTIVE = new Pace(Duration.ofMillis(50), Duration.ofSeconds(2));

  static Pace steady(Duration interval) {
    return new Pace(interval, interval);
  }

  Duration after(Duration pause) {
    var longer = pause.multipliedBy(5).dividedBy(4);
    return longer.compareTo(longest) < 0 ? longer : longest;
  }

  /// Waits.
  ///
  /// @param operation what the wait is for, for the exception
  /// @throws NoAnswerException if the thread is interrupted, which it stays
  static void sleep(Duration pause, String operation) {
    try {
      Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(
          ApiException.Failure.of(operation, 0, "the waiting thread was interrupted"), interrupted);
    }
  }
}

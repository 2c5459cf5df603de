package io.belfry.server.http;

import java.time.Duration;
import java.util.Optional;

/// Hears of every request. Thread-safe, and never throws.
public interface RequestListener {

  /// A request begins.
  void began();

  /// A request has been answered, or its connection was cut.
  void ended(Outcome outcome);

  /// How a request went.
  ///
  /// @param route [Route#label]
  /// @param cut whether the connection was cut before the answer was complete
  record Outcome(
      String requestId,
      String route,
      String method,
      int status,
      Duration duration,
      Optional<String> username,
      String peer,
      boolean cut) {}
}

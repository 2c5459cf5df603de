package io.belfry.store.database;

import java.time.Duration;

/// How many connections a server uses at once.
///
/// @param connections at most; 2 are needed to start
/// @param waitLimit how long a caller waits for one before it is told that there is no database
public record PoolSettings(int connections, Duration waitLimit) {
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

  /// For one server on two to eight cores.
  public static final PoolSettings DEFAULT = new PoolSettings(20, Duration.ofSeconds(5));

  public PoolSettings {
    if (connections < 2) {
      throw new IllegalArgumentException("connections must be at least 2: " + connections);
    }
    if (waitLimit.compareTo(SHORTEST_WAIT) < 0) {
      throw new IllegalArgumentException(
          "waitLimit must be at least %s: %s".formatted(SHORTEST_WAIT, waitLimit));
    }
  }
}

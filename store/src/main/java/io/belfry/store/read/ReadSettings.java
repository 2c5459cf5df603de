package io.belfry.store.read;

import java.time.Duration;

/// How queries are run.
///
/// @param timeLimit how long the database may work on one query, or on one portion of rows of it
/// @param fetchSize how many rows are in memory at once
public record ReadSettings(Duration timeLimit, int fetchSize) {
  public static final ReadSettings DEFAULT = new ReadSettings(Duration.ofSeconds(30), 200);

  public ReadSettings {
    if (timeLimit.toMillis() <= 0 || timeLimit.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("timeLimit must be positive: " + timeLimit);
    }
    if (fetchSize <= 0) {
      throw new IllegalArgumentException("fetchSize must be positive: " + fetchSize);
    }
  }
}

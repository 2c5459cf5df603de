package io.belfry.sdk.simulator;

import io.belfry.sdk.Json;
import io.belfry.sdk.JsonForm;
import java.time.Duration;

/// How long slow calls take in addition, in whole milliseconds up to ten minutes.
public final class Delay implements JsonForm {
  private static final String DISTRIBUTION = "distribution";

  private final Json json;

  private Delay(Json json) {
    this.json = json;
  }

  /// Always the same.
  public static Delay fixed(Duration duration) {
    return new Delay(Json.object(DISTRIBUTION, "FIXED", "ms", duration.toMillis()));
  }

  /// Anything between two durations, all as likely.
  public static Delay uniform(Duration min, Duration max) {
    return new Delay(
        Json.object(DISTRIBUTION, "UNIFORM", "min_ms", min.toMillis(), "max_ms", max.toMillis()));
  }

  /// Mostly short and sometimes long, as waiting in queues is.
  public static Delay exponential(Duration mean) {
    return new Delay(Json.object(DISTRIBUTION, "EXPONENTIAL", "mean_ms", mean.toMillis()));
  }

  @Override
  public Json json() {
    return json;
  }
}

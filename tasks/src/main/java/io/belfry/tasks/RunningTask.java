package io.belfry.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.atomic.AtomicLong;

/// A task that this process works on.
public final class RunningTask {
  private final String id;
  private final String operation;
  private final JsonNode payload;
  private final int attempt;
  private final long fence;
  private final AtomicLong progressBits = new AtomicLong();

  RunningTask(String id, String operation, JsonNode payload, int attempt, long fence) {
    this.id = id;
    this.operation = operation;
    this.payload = payload;
    this.attempt = attempt;
    this.fence = fence;
  }

  public String id() {
    return id;
  }

  public String operation() {
    return operation;
  }

  /// What the decision left for the work.
  public JsonNode payload() {
    return payload;
  }

  /// Which try this is, from 1.
  public int attempt() {
    return attempt;
  }

  /// Tells how far the work is; people see it within a second or two.
  ///
  /// @param fraction from 0 to 1
  public void progress(double fraction) {
    progressBits.set(Double.doubleToRawLongBits(Math.clamp(fraction, 0, 1)));
  }

  double currentProgress() {
    return Double.longBitsToDouble(progressBits.get());
  }

  /// The claim's number; a later claim has a higher one.
  long fence() {
    return fence;
  }
}

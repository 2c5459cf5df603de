package io.belfry.sdk;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Tasks that were waited for have not ended in time. They go on.
public final class TaskTimeoutException extends ApiException {
  private final transient List<String> unfinished;

  TaskTimeoutException(Collection<String> unfinished, Duration timeout) {
    super(
        Failure.of(
            "get-tasks",
            408,
            "after %s these tasks have not ended: %s"
                .formatted(timeout, String.join(", ", unfinished))));
    this.unfinished = List.copyOf(unfinished);
  }

  /// The ids of the tasks.
  public List<String> unfinished() {
    return unfinished;
  }
}

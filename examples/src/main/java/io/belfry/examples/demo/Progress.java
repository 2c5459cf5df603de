package io.belfry.examples.demo;

import io.belfry.sdk.Accepted;
import io.belfry.sdk.model.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/// Shows tasks while they go on.
record Progress(Screen screen) {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// Waits until all tasks of an answer have ended.
  ///
  /// @throws io.belfry.sdk.ApiException if one fails or takes too long
  void await(Accepted<?> accepted) {
    var tasks = new LinkedHashMap<String, Task>();
    accepted.await(
        LONGEST,
        task -> {
          tasks.put(task.id(), task);
          screen.progress(fraction(tasks.values()), descriptions(tasks.values()));
        });
    screen.done(descriptions(tasks.values()));
  }

  private static double fraction(Collection<Task> tasks) {
    return tasks.stream().mapToDouble(Task::progress).average().orElse(0);
  }

  private static String descriptions(Collection<Task> tasks) {
    return tasks.stream().map(Task::description).collect(Collectors.joining(", "));
  }
}

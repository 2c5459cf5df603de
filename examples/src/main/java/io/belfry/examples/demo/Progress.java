package io.belfry.examples.demo;

import io.belfry.sdk.Accepted;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Tasks;
import io.belfry.sdk.api.TaskApi;
import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Shows tasks while they go on.
record Progress(ApiClient client, Screen screen) {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// Waits until all tasks of an answer have ended.
  ///
  /// @throws io.belfry.sdk.ApiException if one fails or takes too long
  void await(Accepted<?> accepted) throws InterruptedException {
    var taskApi = new TaskApi(client);
    var ids = accepted.taskIds();
    var deadline = System.nanoTime() + LONGEST.toNanos();
    var tasks = taskApi.getTasks(Task.ID.in(ids));
    while (!tasks.stream().allMatch(Progress::hasEnded) && System.nanoTime() < deadline) {
      screen.progress(fraction(tasks), descriptions(tasks));
      Thread.sleep(PAUSE);
      tasks = taskApi.getTasks(Task.ID.in(ids));
    }
    screen.done(descriptions(Tasks.waitTasks(ids, client, PAUSE, PAUSE, false)));
  }

  private static boolean hasEnded(Task task) {
    return task.status().equals(TaskStatus.SUCCESSED) || task.status().equals(TaskStatus.FAILED);
  }

  private static double fraction(List<Task> tasks) {
    return tasks.stream().mapToDouble(Task::progress).average().orElse(0);
  }

  private static String descriptions(List<Task> tasks) {
    return tasks.stream().map(Task::description).collect(Collectors.joining(", "));
  }
}

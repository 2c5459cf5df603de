package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waiting for tasks by their ids, in the guide's words. [Accepted#await] is shorter where the
/// answer of the operation is at hand.
///
/// All of these throw an [ApiException] with status 408, a [TaskTimeoutException], if a task has
/// not ended in time, one with status 500, a [TaskFailedException], if a task failed, and one with
/// status 404, a [NotFoundException], if the server knows a task no longer, or has not shown it for
/// 10 seconds. An interruption ends the waiting; the thread stays interrupted.
public final class Tasks {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private Tasks() {}

  /// Waits for a task, up to 5 minutes, looking every 5 seconds.
  ///
  /// @return the task when it has ended
  public static Task waitTask(String id, ApiClient client) {
    return waitTask(id, client, INTERVAL, TIMEOUT);
  }

  /// Waits for a task.
  ///
  /// @param interval how long to pause between two looks
  /// @param timeout how long to wait at most
  /// @return the task when it has ended
  public static Task waitTask(String id, ApiClient client, Duration interval, Duration timeout) {
    return waitTasks(List.of(id), client, interval, timeout, false).get(0);
  }

  /// Waits for tasks, up to 5 minutes, looking every 5 seconds.
  ///
  /// @param ids those that are null are skipped: there is nothing to wait for
  /// @return the tasks when they have ended
  public static List<Task> waitTasks(Collection<? extends @Nullable String> ids, ApiClient client) {
    return waitTasks(ids, client, INTERVAL, TIMEOUT, false);
  }

  /// Waits for tasks. The server is asked for all that are left at once.
  ///
  /// @param ids those that are null are skipped: there is nothing to wait for
  /// @param interval how long to pause between two looks
  /// @param timeout how long to wait at most
  /// @param exitOnError whether to stop waiting as soon as one has failed
  /// @return the tasks when they have ended
  public static List<Task> waitTasks(
      Collection<? extends @Nullable String> ids,
      ApiClient client,
      Duration interval,
      Duration timeout,
      boolean exitOnError) {
    Require.positive("interval", interval);
    Require.positive("timeout", timeout);
    return new TaskWait(client, Pace.steady(interval), timeout, exitOnError, task -> {}).await(ids);
  }

  /// Waits for tasks, telling how far they are: by one stream of events for all where the server
  /// has such streams, else by asking for all that are left at once, quickly at first.
  ///
  /// @param ids those that are null are skipped: there is nothing to wait for
  /// @param timeout how long to wait at most
  /// @param progress is told of each task when it is first seen, whenever it is seen to have gone
  ///   on, and when it has ended; in the thread that waits, so it should be quick
  /// @return the tasks when they have ended
  public static List<Task> waitTasks(
      Collection<? extends @Nullable String> ids,
      ApiClient client,
      Duration timeout,
      Consumer<? super Task> progress) {
    Require.positive("timeout", timeout);
    return new TaskWait(client, Pace.ADAPTIVE, timeout, false, progress).await(ids);
  }
}

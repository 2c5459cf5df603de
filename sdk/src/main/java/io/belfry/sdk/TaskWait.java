package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Waits for tasks by asking for all that have not ended at once, again and again.
///
/// @param failFast whether to stop as soon as one has failed
record TaskWait(ApiClient client, Pace pace, Duration timeout, boolean failFast) {
  private static final Operation<List<Task>> GET_TASKS = Operation.list("get-tasks", Task.SHAPE);
  private static final Set<TaskStatus> FINAL = Set.of(TaskStatus.SUCCESSED, TaskStatus.FAILED);

  /// @return the tasks when they have ended, in the order of the ids
  List<Task> await(Collection<? extends @Nullable String> ids) {
    var ended = new LinkedHashMap<String, @Nullable Task>();
    for (var id : ids) {
      if (id != null) {
        ended.put(id, null);
      }
    }
    awaitAll(ended);
    var tasks = ended.values().stream().filter(Objects::nonNull).toList();
    requireNoneFailed(tasks);
    return tasks;
  }

  private void awaitAll(LinkedHashMap<String, @Nullable Task> ended) {
    var pending = new LinkedHashSet<>(ended.keySet());
    var pause = pace.first();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!pending.isEmpty()) {
      for (var task : look(pending)) {
        ended.put(task.id(), task);
        pending.remove(task.id());
      }
      if (pending.isEmpty() || (failFast && anyFailed(ended.values()))) {
        return;
      }
      var left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        throw new TaskTimeoutException(pending, timeout);
      }
      sleep(pause.compareTo(left) < 0 ? pause : left);
      pause = pace.after(pause);
    }
  }

  /// Those that have ended.
  private List<Task> look(Set<String> pending) {
    var where = Json.object("where", Json.object("id_in", pending));
    return client.call(GET_TASKS, where).stream()
        .filter(task -> FINAL.contains(task.status()))
        .toList();
  }

  private void requireNoneFailed(List<Task> tasks) {
    var failed = new ArrayList<Task>();
    tasks.stream().filter(TaskWait::hasFailed).forEach(failed::add);
    if (!failed.isEmpty()) {
      throw new TaskFailedException(failed);
    }
  }

  private static boolean anyFailed(Collection<@Nullable Task> tasks) {
    return tasks.stream().anyMatch(TaskWait::hasFailed);
  }

  private static boolean hasFailed(@Nullable Task task) {
    return task != null && task.status().equals(TaskStatus.FAILED);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(
          ApiException.Failure.of("get-tasks", 0, "the waiting thread was interrupted"),
          interrupted);
    }
  }
}

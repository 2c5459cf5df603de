package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.TaskStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits for tasks: by one stream of events for all, where the server has such streams, else by
/// asking for all that have not ended at once, again and again.
///
/// @param failFast whether to stop as soon as one has failed
/// @param progress is told of each task when it is first seen, and whenever it has gone on
/// @param unseenLimit how long a server may take to show a task that it has just made
record TaskWait(
    ApiClient client,
    Pace pace,
    Duration timeout,
    boolean failFast,
    Consumer<? super Task> progress,
    Duration unseenLimit) {
  private static final Duration UNSEEN_LIMIT = Duration.ofSeconds(10);
  private static final Operation<List<Task>> GET_TASKS = Operation.list("get-tasks", Task.SHAPE);
  private static final List<String> TASK = List.of("Task");

  /// More ids than this make too long a request line; then all tasks are watched.
  private static final int IDS_IN_QUERY = 200;

  /// Servers may refuse longer lists in a condition.
  private static final int IDS_IN_BODY = 1000;

  private static final Set<TaskStatus> FINAL = Set.of(TaskStatus.SUCCESSED, TaskStatus.FAILED);

  TaskWait(
      ApiClient client,
      Pace pace,
      Duration timeout,
      boolean failFast,
      Consumer<? super Task> progress) {
    this(client, pace, timeout, failFast, progress, UNSEEN_LIMIT);
  }

  /// @return the tasks when they have ended, in the order of the ids
  /// @throws TaskFailedException if one failed
  /// @throws NotFoundException if the server doesn't know one; it tells of failed ones too
  List<Task> await(Collection<? extends @Nullable String> ids) {
    var tasks = ended(ids);
    requireNoneFailed(tasks);
    return tasks;
  }

  /// @return the tasks when they have ended, however, in the order of the ids
  /// @throws NotFoundException if the server doesn't know one
  List<Task> ended(Collection<? extends @Nullable String> ids) {
    var ended = new LinkedHashMap<String, @Nullable Task>();
    for (var id : ids) {
      if (id != null) {
        ended.put(id, null);
      }
    }
    awaitAll(ended);
    return ended.values().stream().filter(Objects::nonNull).toList();
  }

  private void awaitAll(Map<String, @Nullable Task> ended) {
    var waiting = new Waiting(ended, System.nanoTime() + timeout.toNanos());
    if (!waiting.isOver() && client.eventSupport().isPossible()) {
      listen(waiting);
    }
    ask(waiting);
    waiting.requireAllKnown();
  }

  /// What is being waited for, and until when.
  private final class Waiting {
    private final Map<String, @Nullable Task> ended;
    private final Map<String, Task> seen = new HashMap<>();
    private final Set<String> pending;

    /// Since when tasks that were never seen have been looked for, in nanoseconds.
    private final Map<String, Long> unseen = new HashMap<>();

    private final Set<String> unknown = new LinkedHashSet<>();
    private final long deadline;

    Waiting(Map<String, @Nullable Task> ended, long deadline) {
      this.ended = ended;
      this.pending = new LinkedHashSet<>(ended.keySet());
      this.deadline = deadline;
    }

    boolean isOver() {
      return pending.isEmpty()
          || (failFast && (!unknown.isEmpty() || !failed(ended.values()).isEmpty()));
    }

    /// Asks the server how far some tasks are.
    void look(Set<String> ids) {
      var missed = new LinkedHashSet<>(ids);
      for (var task : tasks(ids)) {
        missed.remove(task.id());
        unseen.remove(task.id());
        if (FINAL.contains(task.status())) {
          ended.put(task.id(), task);
          pending.remove(task.id());
        }
        tell(task);
      }
      missed.forEach(this::missed);
    }

    /// A task that was there and isn't any more is gone. One that never was may be too new.
    private void missed(String id) {
      var now = System.nanoTime();
      var since = unseen.computeIfAbsent(id, first -> now);
      if (seen.containsKey(id) || now - since >= unseenLimit.toNanos()) {
        unseen.remove(id);
        pending.remove(id);
        unknown.add(id);
      }
    }

    /// Looks again for those that have not been seen, when it is time to.
    void lookForUnseen() {
      if (!unseen.isEmpty() && untilUnseenLimit().isZero()) {
        look(unseen.keySet());
      }
    }

    /// How long nothing has to be done, if no event comes.
    Duration quiet() {
      var left = left();
      return unseen.isEmpty() || left.compareTo(untilUnseenLimit()) < 0 ? left : untilUnseenLimit();
    }

    private Duration untilUnseenLimit() {
      var now = System.nanoTime();
      var longest = unseen.values().stream().mapToLong(since -> now - since).max().orElse(0);
      return Duration.ofNanos(Math.max(0, unseenLimit.toNanos() - longest));
    }

    private void tell(Task task) {
      if (!task.equals(seen.put(task.id(), task))) {
        progress.accept(task);
      }
    }

    Duration left() {
      return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    void requireTime() {
      if (left().isZero()) {
        throw new TaskTimeoutException(pending, timeout);
      }
    }

    void requireAllKnown() {
      if (unknown.isEmpty()) {
        return;
      }
      var failure = new NotFoundException(ApiException.Failure.of(GET_TASKS.path(), 404, reason()));
      var failed = failed(ended.values());
      if (!failed.isEmpty()) {
        failure.addSuppressed(new TaskFailedException(failed));
      }
      throw failure;
    }

    private String reason() {
      return "the server doesn't know these tasks, or no longer, or this user may not see them: "
          + String.join(", ", unknown);
    }
  }

  private void ask(Waiting waiting) {
    var pause = pace.first();
    while (!waiting.isOver()) {
      waiting.look(waiting.pending);
      if (waiting.isOver()) {
        return;
      }
      waiting.requireTime();
      var left = waiting.left();
      Pace.sleep(pause.compareTo(left) < 0 ? pause : left, GET_TASKS.path());
      pause = pace.after(pause);
    }
  }

  /// Listens until all have ended, as long as the server lets it: what is pending afterwards has to
  /// be asked for. First connects, then looks, so that no end is missed.
  private void listen(Waiting waiting) {
    try (var changes = new Changes<>(client, TASK, options(waiting), json -> json)) {
      changes.open();
      waiting.look(waiting.pending);
      listen(waiting, changes);
    } catch (TaskTimeoutException timeout) {
      throw timeout;
    } catch (ApiException instead) {
      client.eventSupport().learn(instead);
    }
  }

  private static WatchOptions options(Waiting waiting) {
    return waiting.pending.size() > IDS_IN_QUERY
        ? WatchOptions.defaults()
        : WatchOptions.defaults().ids(waiting.pending);
  }

  private void listen(Waiting waiting, Changes<Json> changes) {
    var done = new LinkedHashSet<String>();
    while (!waiting.isOver() && !done.containsAll(waiting.pending)) {
      waiting.requireTime();
      var change = changes.poll(waiting.quiet());
      waiting.lookForUnseen();
      if (change.isPresent() && waiting.pending.contains(change.get().id())) {
        var status = status(change.get());
        if (FINAL.contains(status) || change.get().action() == Change.Action.DELETE) {
          done.add(change.get().id());
        } else {
          tellOf(change.get(), waiting);
        }
        if (failFast && status.equals(TaskStatus.FAILED)) {
          break;
        }
      }
    }
    if (!done.isEmpty()) {
      waiting.look(done);
    }
  }

  /// What an event says is only what has changed.
  private static void tellOf(Change<Json> change, Waiting waiting) {
    var before = waiting.seen.get(change.id());
    var after = change.after();
    if (before == null || after == null) {
      return;
    }
    var now = new LinkedHashMap<String, Json>(before.json().fields());
    now.putAll(after.fields());
    try {
      waiting.tell(Task.SHAPE.read(Json.of(now)));
    } catch (IOException unreadable) {
      throw new NoAnswerException(
          ApiException.Failure.of("events", 0, "a change of a task makes no sense"), unreadable);
    }
  }

  private static TaskStatus status(Change<Json> change) {
    var after = change.after();
    return after == null || !after.has("status")
        ? TaskStatus.EXECUTING
        : TaskStatus.of(after.get("status").asText());
  }

  private List<Task> tasks(Set<String> ids) {
    var all = List.copyOf(ids);
    var tasks = new ArrayList<Task>();
    for (var from = 0; from < all.size(); from += IDS_IN_BODY) {
      var some = all.subList(from, Math.min(from + IDS_IN_BODY, all.size()));
      tasks.addAll(client.call(GET_TASKS, Json.object("where", Json.object("id_in", some))));
    }
    return tasks;
  }

  private static void requireNoneFailed(List<Task> tasks) {
    var failed = failed(tasks);
    if (!failed.isEmpty()) {
      throw new TaskFailedException(failed);
    }
  }

  private static List<Task> failed(Collection<? extends @Nullable Task> tasks) {
    var failed = new ArrayList<Task>();
    for (var task : tasks) {
      if (task != null && task.status().equals(TaskStatus.FAILED)) {
        failed.add(task);
      }
    }
    return failed;
  }
}

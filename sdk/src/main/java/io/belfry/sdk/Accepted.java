package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import java.time.Duration;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What a changing operation answers: each object with the task that changes it. The changes are
/// not done yet.
///
/// ```java
/// List<Vm> started = vmApi.startVm(Vm.ID.in("a", "b")).await(Duration.ofMinutes(5));
/// ```
///
/// @param <T> the objects' type
public final class Accepted<T> extends AbstractList<WithTask<T>> {
  private final Rereading<T> rereading;
  private final List<WithTask<T>> items;

  Accepted(Rereading<T> rereading, List<WithTask<T>> items) {
    this.rereading = rereading;
    this.items = List.copyOf(items);
  }

  @Override
  public WithTask<T> get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  /// The ids of the tasks, each once.
  public List<String> taskIds() {
    return items.stream().map(WithTask::taskId).filter(Objects::nonNull).distinct().toList();
  }

  /// The objects while the tasks are still to do: only their ids are sure to stay.
  public List<T> data() {
    return items.stream().map(WithTask::data).toList();
  }

  /// Waits until all tasks have ended and reads the objects again. Those that are gone by then are
  /// left out. Asks the server quickly at first, then ever more slowly, for all tasks at once.
  ///
  /// @throws TaskTimeoutException if a task has not ended in time
  /// @throws TaskFailedException if a task failed, with all that did
  /// @throws NotFoundException if the server knows a task no longer
  public List<T> await(Duration timeout) {
    return await(timeout, task -> {});
  }

  /// As [#await(Duration)], telling how far the tasks are.
  ///
  /// @param progress is told of each task when it is first seen, whenever it is seen to have gone
  ///   on, and when it has ended; in the thread that waits, so it should be quick
  /// @throws TaskTimeoutException if a task has not ended in time
  /// @throws TaskFailedException if a task failed, with all that did
  /// @throws NotFoundException if the server knows a task no longer
  public List<T> await(Duration timeout, Consumer<? super Task> progress) {
    new TaskWait(rereading.client(), Pace.ADAPTIVE, timeout, false, progress).await(taskIds());
    return rereading.again(data());
  }

  /// As [#await(Duration)], in another thread. Cancelling the future ends the waiting; the tasks go
  /// on.
  ///
  /// @param executor runs the waiting, which blocks: virtual threads are good at it
  public CompletableFuture<List<T>> awaitAsync(Duration timeout, Executor executor) {
    return Derived.run(() -> await(timeout), executor);
  }

  /// Waits until all tasks have ended, whatever became of them, and reads the objects again.
  ///
  /// @return what became of each object, in their order
  /// @throws TaskTimeoutException if a task has not ended in time
  /// @throws NotFoundException if the server knows a task no longer
  public List<Outcome<T>> awaitOutcomes(Duration timeout) {
    var ended = new HashMap<String, Task>();
    new TaskWait(rereading.client(), Pace.ADAPTIVE, timeout, false, task -> {})
        .ended(taskIds())
        .forEach(task -> ended.put(task.id(), task));
    var now = rereading.againById(data());
    return items.stream()
        .map(item -> {
          var task = item.taskId() == null ? null : ended.get(item.taskId());
          return new Outcome<>(item.data(), now.get(Rereading.id(item.data())), task);
        })
        .toList();
  }
}

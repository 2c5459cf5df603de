package io.belfry.sdk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object that is being changed, and the task that changes it.
///
/// @param <T> the object's type
public final class WithTask<T> {
  private final Rereading<T> rereading;
  private final @Nullable String taskId;
  private final T data;

  WithTask(Rereading<T> rereading, @Nullable String taskId, T data) {
    this.rereading = rereading;
    this.taskId = taskId;
    this.data = data;
  }

  /// Absent if there is nothing to wait for.
  public @Nullable String taskId() {
    return taskId;
  }

  /// The object while the task is still to do: only its id is sure to stay.
  public T data() {
    return data;
  }

  /// Waits for the task and reads the object again.
  ///
  /// @throws TaskTimeoutException if the task has not ended in time
  /// @throws TaskFailedException if it failed
  /// @throws NotFoundException if the server knows it no longer
  public T await(Duration timeout) {
    var now = new Accepted<>(rereading, List.of(this)).await(timeout);
    return now.isEmpty() ? data : now.get(0);
  }

  @Override
  public String toString() {
    return "WithTask[%s, %s]".formatted(taskId, data);
  }
}

package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.TaskStatus;
import org.jspecify.annotations.Nullable;

/// What became of one of the objects that an operation was to change. Immutable.
///
/// @param accepted the object as the operation answered it: only its id is sure to stay
/// @param now the object when the task had ended; absent if it is gone, as after deleting it
/// @param task the task when it had ended; absent if there was nothing to do
/// @param <T> the object's type
public record Outcome<T>(T accepted, @Nullable T now, @Nullable Task task) {
  /// Whether it is changed as it should be, or was so already.
  public boolean succeeded() {
    return task == null || task.status().equals(TaskStatus.SUCCESSED);
  }

  /// Why it failed; absent if it didn't.
  public @Nullable String error() {
    return task == null || succeeded() ? null : task.errorMessage();
  }
}

package io.belfry.sdk;

import io.belfry.sdk.model.Task;
import java.util.List;

/// Tasks that were waited for failed. Each says why in its `errorMessage`.
public final class TaskFailedException extends ApiException {
  private final transient List<Task> failed;

  TaskFailedException(List<Task> failed) {
    super(Failure.of("get-tasks", 500, reason(failed)));
    this.failed = List.copyOf(failed);
  }

  public List<Task> failed() {
    return failed;
  }

  private static String reason(List<Task> failed) {
    if (failed.size() == 1) {
      return "Task %s failed: %s".formatted(failed.get(0).id(), failed.get(0).errorMessage());
    }
    var reason = new StringBuilder("Tasks failed:");
    failed.forEach(
        task -> reason.append("\n\t").append(task.id()).append(": ").append(task.errorMessage()));
    return reason.toString();
  }
}

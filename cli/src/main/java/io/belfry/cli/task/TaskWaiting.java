package io.belfry.cli.task;

import io.belfry.cli.command.Invocation;
import io.belfry.cli.command.Server;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Tasks;
import io.belfry.sdk.model.Task;
import java.time.Duration;
import java.util.List;

/// Waits for tasks while people watch.
public record TaskWaiting(Surroundings surroundings, Server server) {
  /// Longer than any task takes.
  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final Duration TIMEOUT = Duration.ofHours(1);

  /// Waits until all have ended. When Ctrl-C ends the waiting, says that the tasks go on.
  ///
  /// @throws io.belfry.sdk.TaskFailedException if some failed
  /// @throws io.belfry.sdk.TaskTimeoutException if some have not ended in time
  public List<Task> await(List<String> ids, Duration timeout) {
    if (ids.isEmpty()) {
      return List.of();
    }
    var progress = new TaskProgress(surroundings, ids.size());
    try (var _ = surroundings.terminal().onInterrupt(() -> goesOn(ids))) {
      return Tasks.waitTasks(ids, server.client(), timeout, progress::show);
    }
  }

  private void goesOn(List<String> ids) {
    surroundings
        .err()
        .printf("%nThe tasks go on; to wait again: belfry task wait %s%n", String.join(" ", ids));
    surroundings.err().flush();
  }

  /// How long somebody is ready to wait.
  public static Duration timeout(Invocation invocation) {
    return invocation.flag("--timeout")
        ? Duration.ofSeconds(Math.min(invocation.number("--timeout", 1), LONGEST.toSeconds()))
        : TIMEOUT;
  }
}

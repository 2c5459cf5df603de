package io.belfry.cli.task;

import io.belfry.cli.command.Server;
import io.belfry.cli.shell.Failure;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.Tasks;
import io.belfry.sdk.model.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Waits for tasks while people watch.
public record TaskWaiting(Surroundings surroundings, Server server) {
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

  /// @param seconds as people gave it; null if they didn't
  public static Duration timeout(@Nullable String seconds) {
    try {
      var timeout = seconds == null ? TIMEOUT : Duration.ofSeconds(Long.parseLong(seconds));
      if (timeout.isPositive()) {
        return timeout;
      }
    } catch (NumberFormatException noNumber) {
      // the message below says it
    }
    throw Failure.usage(
        "--timeout must be a number of seconds above 0, not '%s'".formatted(seconds));
  }
}

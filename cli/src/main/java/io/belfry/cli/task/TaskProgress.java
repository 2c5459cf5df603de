package io.belfry.cli.task;

import io.belfry.cli.output.Cells;
import io.belfry.cli.shell.Surroundings;
import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.TaskStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Shows how far tasks are: on a terminal by lines that change, elsewhere by a line for each task
/// that has ended.
final class TaskProgress {
  private static final int MOST_LINES = 15;
  private static final int BAR = 20;
  private static final Set<TaskStatus> ENDED = Set.of(TaskStatus.SUCCESSED, TaskStatus.FAILED);

  private final Surroundings surroundings;
  private final int all;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private int shown;

  TaskProgress(Surroundings surroundings, int all) {
    this.surroundings = surroundings;
    this.all = all;
  }

  void show(Task task) {
    tasks.put(task.id(), task);
    var err = surroundings.err();
    if (surroundings.terminal().showsErrors()) {
      if (shown > 0) {
        err.printf("\u001b[%sA\u001b[J", shown);
      }
      var lines = tasks.values().stream().limit(MOST_LINES).map(this::line).toList();
      lines.forEach(err::println);
      shown = lines.size();
      if (all > shown) {
        err.printf("… %s of %s tasks have ended%n", ended(), all);
        shown++;
      }
    } else if (ENDED.contains(task.status())) {
      err.printf(
          "[%s/%s] %s: %s%n",
          ended(), all, Cells.oneLine(String.valueOf(task.description())), outcome(task));
    }
    err.flush();
  }

  private long ended() {
    return tasks.values().stream().filter(each -> ENDED.contains(each.status())).count();
  }

  private String line(Task task) {
    var done = ENDED.contains(task.status()) ? 1 : Math.clamp(task.progress(), 0, 1);
    var full = (int) Math.round(done * BAR);
    var bar = "#".repeat(full) + ".".repeat(BAR - full);
    var line =
        String.format(
            Locale.ROOT,
            "[%s] %3d %% %s: %s",
            bar,
            Math.round(done * 100),
            Cells.oneLine(String.valueOf(task.description())),
            outcome(task));
    var width = surroundings.terminal().width();
    return line.length() > width ? line.substring(0, width) : line;
  }

  private static String outcome(Task task) {
    if (task.status().equals(TaskStatus.SUCCESSED)) {
      return "done";
    }
    return task.status().equals(TaskStatus.FAILED)
        ? "failed: " + Cells.oneLine(String.valueOf(task.errorMessage()))
        : "running";
  }
}

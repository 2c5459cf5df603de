package io.belfry.operations.task;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.TaskStatus;
import io.belfry.store.rows.TaskType;
import io.belfry.store.rows.UserRow;
import java.util.List;
import java.util.Map;

/// `update-task`: tells how the work of another program goes on that was published with
/// `create-task`. Of Belfry's own tasks only those can be changed that wait to begin: status FAILED
/// cancels them, and what they prepared is taken back.
public final class UpdateTask implements Mutation {
  @Override
  public String path() {
    return "update-task";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var tasks = decision.lock(TaskRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    for (var task : tasks) {
      if (task.status() == TaskStatus.SUCCESSED || task.status() == TaskStatus.FAILED) {
        throw refused(task, "has ended, and can't be changed any more");
      }
      if (decision.isQueued(task.id())) {
        cancel(decision, task, data);
      } else {
        update(decision, task, data);
      }
    }
    return tasks.stream().map(task -> new Decided(null, task.id())).toList();
  }

  private static void cancel(Decision decision, TaskRow task, Params data) {
    if (data.optionalText("status")
        .map(TaskStatus::of)
        .filter(TaskStatus.FAILED::equals)
        .isEmpty()) {
      throw refused(
          task, "is a task of the server's own: it can only be cancelled, with status FAILED");
    }
    var reason =
        data.optionalText("error_message")
            .orElseGet(() -> "Cancelled by %s".formatted(decision.caller().username()));
    if (!decision.cancel(task.id(), reason)) {
      throw refused(task, "is being worked on, and can't be cancelled any more");
    }
  }

  private static ProblemException refused(TaskRow task, String why) {
    return new Problem(
            ProblemCode.WRONG_STATE,
            "Task %s %s".formatted(task.id(), why),
            Map.of("id", task.id(), "status", task.status().wire()))
        .asException();
  }

  private static void update(Decision decision, TaskRow task, Params data) {
    var edit = TaskEdit.edit();
    status(decision, task, data, edit);
    relations(decision, data, edit);
    data.optionalObject("description").map(Published::description).ifPresent(edit::description);
    data.optionalText("error_code").ifPresent(edit::errorCode);
    data.optionalText("error_message").ifPresent(edit::errorMessage);
    data.optionalText("key").ifPresent(edit::key);
    data.optionalText("resource_id").ifPresent(edit::resourceId);
    data.optionalText("resource_mutation").ifPresent(edit::resourceMutation);
    data.optionalText("resource_type").ifPresent(edit::resourceType);
    data.optionalText("resource_rollback_error").ifPresent(edit::resourceRollbackError);
    data.optionalInt("resource_rollback_retry_count").ifPresent(edit::resourceRollbackRetryCount);
    data.optionalFlag("resource_rollbacked").ifPresent(edit::resourceRollbacked);
    data.optionalText("snapshot").ifPresent(edit::snapshot);
    data.optionalText("type").map(TaskType::of).ifPresent(edit::type);
    if (data.json().path("args").isObject()) {
      edit.args(data.json().path("args"));
    }
    if (data.has("steps")) {
      edit.steps(Published.steps(data));
    }
    if (!edit.values().isEmpty()) {
      decision.transaction().update(task.id(), edit);
    }
  }

  /// What follows from a status is filled in, unless it is told.
  private static void status(Decision decision, TaskRow task, Params data, TaskEdit edit) {
    var status = data.optionalText("status").map(TaskStatus::of).orElse(task.status());
    edit.status(status);
    progress(data, status, edit);
    var now = decision.tools().clock().instant();
    var started = Published.instant(data, "started_at");
    if (started != null || (status != TaskStatus.PENDING && task.startedAt() == null)) {
      edit.startedAt(started == null ? now : started);
    }
    var finished = Published.instant(data, "finished_at");
    if (finished != null || status == TaskStatus.SUCCESSED || status == TaskStatus.FAILED) {
      edit.finishedAt(finished == null ? now : finished);
    }
    if (status == TaskStatus.FAILED && data.optionalText("error_message").isEmpty()) {
      throw data.refused(
          ProblemCode.MISSING_FIELD,
          "error_message",
          "%s.error_message: a task that has FAILED must say why".formatted(data.path()));
    }
  }

  private static void progress(Params data, TaskStatus status, TaskEdit edit) {
    var progress = data.json().path("progress");
    if (progress.isNumber() && (progress.doubleValue() < 0 || progress.doubleValue() > 1)) {
      throw data.refused(
          ProblemCode.OUT_OF_RANGE,
          "progress",
          "%s.progress is %s: it must be from 0 to 1".formatted(data.path(), progress));
    }
    if (progress.isNumber()) {
      edit.progress(progress.doubleValue());
    } else if (status == TaskStatus.SUCCESSED) {
      edit.progress(1);
    }
  }

  private static void relations(Decision decision, Params data, TaskEdit edit) {
    data.optionalText("cluster_id")
        .ifPresent(id -> {
          decision.require(ClusterRow.TYPE, id, data.path() + ".cluster_id");
          edit.clusterId(id);
        });
    data.optionalText("user_id")
        .ifPresent(id -> {
          decision.require(UserRow.TYPE, id, data.path() + ".user_id");
          edit.userId(id);
        });
  }
}

package io.belfry.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Queue and public face of tasks in the database: every method is one step of a task's life and
/// keeps both in agreement.
public final class TaskQueue {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final Runnable wakeUp;

  /// @param wakeUp called after a transaction that queued something
  TaskQueue(Clock clock, Runnable wakeUp) {
    this.clock = clock;
    this.wakeUp = wakeUp;
  }

  /// Queues tasks; they start once the transaction is committed.
  public void add(Transaction transaction, Collection<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    transaction.insert(tasks.stream().map(this::row).toList());
    var ids = new ArrayList<String>();
    var operations = new ArrayList<String>();
    var payloads = new ArrayList<String>();
    for (var task : tasks) {
      ids.add(task.id());
      operations.add(task.operation());
      payloads.add(task.payload().toString());
    }
    transaction.execute(
        """
        INSERT INTO belfry.task_queue (task_id, operation, payload)
        SELECT id, operation, payload::jsonb
        FROM unnest(?::text[], ?::text[], ?::text[]) AS given (id, operation, payload)
        """,
        List.of(ids, operations, payloads));
    transaction.afterCommit(wakeUp);
  }

  /// Takes up to `limit` tasks that are due and that nobody holds.
  List<RunningTask> claim(Transaction transaction, String owner, Duration lease, int limit) {
    var claimed =
        transaction.query(
            """
            UPDATE belfry.task_queue
            SET lease_owner = ?,
                lease_until = now() + ? * INTERVAL '1 millisecond',
                fence = fence + 1,
                attempt = attempt + 1
            WHERE task_id IN (
              SELECT task_id
              FROM belfry.task_queue
              WHERE due_at <= now()
                AND (lease_until IS NULL OR lease_until < now())
              ORDER BY due_at, task_id
              LIMIT ?
              FOR UPDATE SKIP LOCKED)
            RETURNING task_id, operation, payload, attempt, fence
            """,
            List.of(owner, lease.toMillis(), limit),
            TaskQueue::running);
    if (!claimed.isEmpty()) {
      transaction.execute(
          """
          UPDATE tower.task
          SET status = 'EXECUTING', started_at = coalesce(started_at, ?)
          WHERE id = ANY (?)
          """,
          List.of(clock.instant(), ids(claimed)));
    }
    return claimed;
  }

  /// Keeps the leases of tasks that this process works on, and shows their progress.
  void renew(Transaction transaction, String owner, Duration lease, Collection<RunningTask> tasks) {
    transaction.execute(
        """
        UPDATE belfry.task_queue
        SET lease_until = now() + ? * INTERVAL '1 millisecond'
        WHERE task_id = ANY (?)
          AND lease_owner = ?
        """,
        List.of(lease.toMillis(), ids(tasks), owner));
    for (var task : tasks) {
      if (task.currentProgress() > 0) {
        transaction.execute(
            """
            UPDATE tower.task
            SET progress = ?
            WHERE id = ?
              AND status = 'EXECUTING'
              AND progress < ?
            """,
            List.of(task.currentProgress(), task.id(), task.currentProgress()));
      }
    }
  }

  /// Gives a task back, to be claimed again after a pause.
  void giveBack(Transaction transaction, RunningTask task, Duration pause) {
    transaction.execute(
        """
        UPDATE belfry.task_queue
        SET lease_owner = NULL,
            lease_until = NULL,
            due_at = now() + ? * INTERVAL '1 millisecond'
        WHERE task_id = ?
          AND fence = ?
        """,
        List.of(pause.toMillis(), task.id(), task.fence()));
  }

  /// Ends a task as SUCCESSED.
  ///
  /// @return false if somebody else has claimed it since; then nothing may be recorded
  boolean succeed(Transaction transaction, RunningTask task) {
    if (!remove(transaction, task)) {
      return false;
    }
    transaction.execute(
        """
        UPDATE tower.task
        SET status = 'SUCCESSED',
            progress = 1,
            finished_at = ?,
            steps = (SELECT coalesce(jsonb_agg(step || '{"finished": true}'), '[]')
                     FROM jsonb_array_elements(steps) AS step)
        WHERE id = ?
        """,
        List.of(clock.instant(), task.id()));
    return true;
  }

  /// Ends a task as FAILED, after what it prepared was taken back.
  ///
  /// @return false if somebody else has claimed it since; then nothing may be taken back
  boolean fail(Transaction transaction, RunningTask task, TaskFailedException failure) {
    if (!remove(transaction, task)) {
      return false;
    }
    transaction.update(
        task.id(),
        TaskEdit.edit()
            .status(TaskStatus.FAILED)
            .finishedAt(clock.instant())
            .errorCode(failure.code())
            .errorMessage(failure.getMessage())
            .resourceRollbacked(true)
            .resourceRollbackRetryCount(0));
    return true;
  }

  private TaskEdit row(NewTask task) {
    var steps = JsonNodeFactory.instance.arrayNode();
    steps.addObject().put("key", task.subject().mutation()).put("finished", false);
    return TaskEdit.edit()
        .id(task.id())
        .description(task.description())
        .status(TaskStatus.PENDING)
        .progress(0)
        .steps(steps)
        .args(JsonNodeFactory.instance.objectNode())
        .snapshot("{}")
        .internal(task.subject().userId() == null)
        .localCreatedAt(clock.instant())
        .clusterId(task.subject().clusterId())
        .userId(task.subject().userId())
        .resourceType(task.subject().resourceType())
        .resourceId(task.subject().resourceId())
        .resourceMutation(task.subject().mutation());
  }

  private static boolean remove(Transaction transaction, RunningTask task) {
    return transaction.execute(
            "DELETE FROM belfry.task_queue WHERE task_id = ? AND fence = ?",
            List.of(task.id(), task.fence()))
        == 1;
  }

  private static List<String> ids(Collection<RunningTask> tasks) {
    return tasks.stream().map(RunningTask::id).toList();
  }

  private static RunningTask running(ResultRow row) {
    return new RunningTask(
        row.text(1), row.text(2), json(row.text(3)), (int) row.longValue(4), row.longValue(5));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a task's payload is no JSON: " + text, e);
    }
  }
}

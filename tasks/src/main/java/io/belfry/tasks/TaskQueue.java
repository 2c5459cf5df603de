package io.belfry.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.query.layout.Layout;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.TaskStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Queue and public face of tasks in the database: every method is one step of a task's life and
/// keeps both in agreement.
public final class TaskQueue {
  /// The field that shows that a task is changing an object.
  private static final String MARK = "entityAsyncStatus";

  private final Clock clock;
  private final Runnable wakeUp;

  /// @param wakeUp called after a transaction that left something to be claimed
  TaskQueue(Clock clock, Runnable wakeUp) {
    this.clock = clock;
    this.wakeUp = wakeUp;
  }

  /// Queues tasks; they start once the transaction is committed.
  public void add(Transaction transaction, Collection<NewTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    transaction.insert(
        tasks.stream().map(task -> row(task.id(), task.description(), task.subject())).toList());
    var ids = new ArrayList<String>();
    var operations = new ArrayList<String>();
    var payloads = new ArrayList<String>();
    var lanes = new ArrayList<String>();
    for (var task : tasks) {
      ids.add(task.id());
      operations.add(task.operation());
      payloads.add(task.payload().toString());
      lanes.add(String.join(" ", task.lanes().stream().map(Lane::text).toList()));
    }
    transaction.execute(
        """
        INSERT INTO belfry.task_queue (task_id, operation, payload, lanes)
        SELECT id, operation, payload::jsonb, string_to_array(lanes, ' ')
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
          AS given (id, operation, payload, lanes)
        """,
        List.of(ids, operations, payloads, lanes));
    transaction.afterCommit(wakeUp);
  }

  /// Shows a change that this transaction makes itself as a task that has succeeded.
  public void addDone(
      Transaction transaction, String id, LocalizedText description, NewTask.Subject subject) {
    var now = clock.instant();
    var row = row(id, description, subject);
    transaction.insert(
        row.status(TaskStatus.SUCCESSED)
            .progress(1)
            .startedAt(now)
            .finishedAt(now)
            .steps(steps(subject, true)));
  }

  /// Takes up to `limit` tasks that are due and that nobody holds.
  List<RunningTask> claim(Transaction transaction, TaskSettings settings, int limit) {
    var claimed = QueueClaims.claim(transaction, settings, limit);
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

  /// Frees all tasks that anybody holds.
  static void freeAll(Transaction transaction) {
    transaction.execute(
        """
        UPDATE belfry.task_queue
        SET lease_owner = NULL, lease_until = NULL
        WHERE lease_owner IS NOT NULL
        """,
        List.of());
  }

  /// Keeps the leases of tasks that this process works on, and shows their progress. Leaves out
  /// those that are just ending.
  void renew(Transaction transaction, TaskSettings settings, Collection<RunningTask> tasks) {
    var renewed =
        transaction.query(
            """
            WITH mine AS MATERIALIZED (
              SELECT task_id
              FROM belfry.task_queue
              WHERE task_id = ANY (?)
                AND lease_owner = ?
              FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE belfry.task_queue AS queued
            SET lease_until = now() + ? * INTERVAL '1 millisecond'
            FROM mine
            WHERE queued.task_id = mine.task_id
            RETURNING queued.task_id
            """,
            List.of(ids(tasks), settings.owner(), settings.lease().toMillis()),
            row -> row.text(1));
    showProgress(
        transaction,
        tasks.stream()
            .filter(task -> task.currentProgress() > 0 && renewed.contains(task.id()))
            .toList());
  }

  private static void showProgress(Transaction transaction, List<RunningTask> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    transaction.execute(
        """
        UPDATE tower.task
        SET progress = given.progress::float8
        FROM unnest(?::text[], ?::text[]) AS given (id, progress)
        WHERE task.id = given.id
          AND status = 'EXECUTING'
          AND task.progress < given.progress::float8
        """,
        List.of(
            ids(tasks),
            tasks.stream().map(task -> String.valueOf(task.currentProgress())).toList()));
  }

  /// Those claims that are the latest of their tasks, which have not ended. Nobody can claim these
  /// tasks until the transaction has ended.
  public Set<TaskClaim> hold(Transaction transaction, Collection<TaskClaim> claims) {
    return Set.copyOf(
        transaction.query(
            """
            SELECT queued.task_id, queued.fence
            FROM belfry.task_queue AS queued
              JOIN unnest(?::text[], ?::text[]) AS given (task_id, fence)
                ON queued.task_id = given.task_id AND queued.fence = given.fence::bigint
            FOR KEY SHARE OF queued
            """,
            List.of(
                claims.stream().map(TaskClaim::taskId).toList(),
                claims.stream().map(claim -> String.valueOf(claim.fence())).toList()),
            row -> new TaskClaim(row.text(1), row.longValue(2))));
  }

  /// Gives a task back that is nobody's fault, to be claimed again after a pause.
  void giveBack(Transaction transaction, RunningTask task, Duration pause) {
    free(transaction, task, pause, "");
    if (pause.isZero()) {
      transaction.afterCommit(wakeUp);
    }
  }

  /// Gives a task back whose work met a fault, to be claimed again after a pause.
  void postpone(Transaction transaction, RunningTask task, Duration pause) {
    free(transaction, task, pause, ", faults = faults + 1");
  }

  /// Makes certain that whoever works on a task from now on only undoes and takes back.
  ///
  /// @return false if somebody else has claimed it since; then nothing may be undone
  boolean giveUp(Transaction transaction, RunningTask task, Failure failure) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", failure.code())
            .put("message", failure.message());
    return transaction.execute(
            """
            UPDATE belfry.task_queue
            SET failure = ?, faults = 0
            WHERE task_id = ?
              AND fence = ?
            """,
            List.of(json, task.id(), task.fence()))
        == 1;
  }

  /// Gives a task back whose work has failed, to have what it prepared taken back after a pause.
  void postponeRollBack(
      Transaction transaction, RunningTask task, Failure failure, Duration pause) {
    if (task.failure().isEmpty()) {
      giveUp(transaction, task, failure);
    }
    free(transaction, task, pause, ", faults = faults + 1");
  }

  private static void free(Transaction transaction, RunningTask task, Duration pause, String more) {
    transaction.execute(
        """
        UPDATE belfry.task_queue
        SET lease_owner = NULL,
            lease_until = NULL,
            due_at = now() + ? * INTERVAL '1 millisecond'%s
        WHERE task_id = ?
          AND fence = ?
        """
            .formatted(more),
        List.of(pause.toMillis(), task.id(), task.fence()));
  }

  /// Ends tasks as SUCCESSED.
  ///
  /// @return those that have ended; somebody else has claimed the others since, and nothing may be
  ///   recorded of them
  List<RunningTask> succeed(Transaction transaction, Collection<RunningTask> tasks) {
    var ended = remove(transaction, tasks);
    for (var task : ended) {
      transaction.actFor(task.actor());
      transaction.update(
          task.id(),
          TaskEdit.edit()
              .status(TaskStatus.SUCCESSED)
              .progress(1)
              .finishedAt(clock.instant())
              .steps(finished(task.steps())));
    }
    return ended;
  }

  private static JsonNode finished(JsonNode steps) {
    var finished = steps.deepCopy();
    finished.forEach(step -> ((ObjectNode) step).put("finished", true));
    return finished;
  }

  /// Ends a task as FAILED, what it prepared being taken back in the same transaction.
  ///
  /// @return false if somebody else has claimed it since; then nothing may be taken back
  boolean fail(Transaction transaction, RunningTask task, Failure failure) {
    if (!remove(transaction, task)) {
      return false;
    }
    transaction.update(
        task.id(),
        failed(failure)
            .resourceRollbacked(true)
            .resourceRollbackRetryCount(task.failure().isEmpty() ? 0 : task.faults()));
    return true;
  }

  /// Ends a task as FAILED although something of it stays: what it did can't be undone, or what it
  /// prepared can't be taken back. The mark on the object it was about is cleared, so that nothing
  /// stays locked for ever.
  ///
  /// @return false if somebody else has claimed it since
  boolean abandon(Transaction transaction, RunningTask task, Failure failure, String reason) {
    if (!remove(transaction, task)) {
      return false;
    }
    transaction.update(
        task.id(),
        failed(failure)
            .resourceRollbacked(false)
            .resourceRollbackError(reason)
            .resourceRollbackRetryCount(task.faults()));
    transaction.find(TaskRow.TYPE, task.id()).ifPresent(row -> clearMark(transaction, row));
    return true;
  }

  private static void clearMark(Transaction transaction, TaskRow task) {
    var type = task.resourceType();
    var layout = transaction.layout();
    var entity = type == null ? null : layout.schema().entities().get(type);
    if (entity == null || !entity.fields().containsKey(MARK)) {
      return;
    }
    transaction.execute(
        "UPDATE %s SET %s = NULL WHERE id = ?"
            .formatted(Layout.qualified(layout.table(entity).name()), Layout.quoted(MARK)),
        List.of(String.valueOf(task.resourceId())));
  }

  private TaskEdit failed(Failure failure) {
    return TaskEdit.edit()
        .status(TaskStatus.FAILED)
        .finishedAt(clock.instant())
        .errorCode(failure.code())
        .errorMessage(failure.message());
  }

  /// Forgets all tasks of the queue, for whoever takes back in this transaction all that they have
  /// done and prepared. Nothing is queued, claimed or recorded before it ends. Who works on one of
  /// them finds that it was overtaken: from now on its effects are refused, and nothing that it has
  /// seen is recorded.
  ///
  /// @return how many tasks there were
  public int forgetAll(Transaction transaction) {
    return transaction.execute(
        """
        LOCK TABLE belfry.task_queue IN EXCLUSIVE MODE;
        DELETE FROM belfry.task_queue
        """,
        List.of());
  }

  /// Whether a task is in the queue, running or not.
  public boolean has(Transaction transaction, String id) {
    return !transaction
        .query(
            "SELECT task_id FROM belfry.task_queue WHERE task_id = ?",
            List.of(id),
            row -> row.text(1))
        .isEmpty();
  }

  /// Takes a task from the queue that nobody works on yet, for whoever wants to cancel it in this
  /// transaction.
  ///
  /// @return nothing if it is being worked on or has ended
  Optional<RunningTask> takeWaiting(Transaction transaction, String id) {
    return transaction
        .query(
            """
            WITH waiting AS MATERIALIZED (
              SELECT task_id
              FROM belfry.task_queue
              WHERE task_id = ?
                AND attempt = 0
              FOR UPDATE SKIP LOCKED)
            UPDATE belfry.task_queue AS queued
            SET fence = fence + 1
            FROM waiting JOIN tower.task ON task.id = waiting.task_id
            WHERE queued.task_id = waiting.task_id
            RETURNING %s
            """
                .formatted(QueueClaims.TASK),
            List.of(id),
            QueueClaims::task)
        .stream()
        .findFirst();
  }

  /// A task that waits to begin.
  private TaskEdit row(String id, LocalizedText description, NewTask.Subject subject) {
    return TaskEdit.edit()
        .id(id)
        .description(description)
        .status(TaskStatus.PENDING)
        .progress(0)
        .steps(steps(subject, false))
        .args(JsonNodeFactory.instance.objectNode())
        .snapshot("{}")
        .internal(subject.userId() == null)
        .localCreatedAt(clock.instant())
        .clusterId(subject.clusterId())
        .userId(subject.userId())
        .resourceType(subject.resourceType())
        .resourceId(subject.resourceId())
        .resourceMutation(subject.mutation());
  }

  private static ArrayNode steps(NewTask.Subject subject, boolean finished) {
    var steps = JsonNodeFactory.instance.arrayNode();
    steps.addObject().put("key", subject.mutation()).put("finished", finished);
    return steps;
  }

  /// Removes a queue entry that is still ours. What the transaction changes from here on is the
  /// task's doing, and its user's.
  private boolean remove(Transaction transaction, RunningTask task) {
    var removed = !remove(transaction, List.of(task)).isEmpty();
    if (removed) {
      transaction.actFor(task.actor());
    }
    return removed;
  }

  /// Removes those queue entries that are still ours. Some may be of the same task: a process that
  /// slept through its lease may have claimed it again. Then only the last claim counts.
  private List<RunningTask> remove(Transaction transaction, Collection<RunningTask> tasks) {
    var removed =
        transaction.query(
            """
            DELETE FROM belfry.task_queue AS queued
            USING unnest(?::text[], ?::text[]) AS mine (task_id, fence)
            WHERE queued.task_id = mine.task_id
              AND queued.fence = mine.fence::bigint
            RETURNING queued.task_id, queued.fence
            """,
            List.of(ids(tasks), tasks.stream().map(task -> String.valueOf(task.fence())).toList()),
            row -> new TaskClaim(row.text(1), row.longValue(2)));
    var ours = tasks.stream().filter(task -> removed.contains(task.claim())).toList();
    if (ours.stream().anyMatch(RunningTask::isInLane)) {
      transaction.afterCommit(wakeUp);
    }
    return ours;
  }

  private static List<String> ids(Collection<RunningTask> tasks) {
    return tasks.stream().map(RunningTask::id).toList();
  }
}

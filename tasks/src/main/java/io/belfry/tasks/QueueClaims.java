package io.belfry.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses tasks from the queue and takes them: those in lanes as far as their lanes allow, then
/// others; within each kind the longest waiting first. Other processes do the same at the same
/// time.
final class QueueClaims {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The advisory lock of those who take tasks in lanes, so that no two count the same place free:
  /// "lanes" in ASCII.
  private static final long LANES_LOCK = 0x6c616e6573L;

  private static final String FREE =
      "due_at <= now() AND (lease_until IS NULL OR lease_until < now())";

  /// What [#task] reads: columns of `belfry.task_queue AS queued` and of `tower.task`.
  static final String TASK =
      """
      queued.task_id, operation, payload, coalesce(user_id, ''), steps,
        fence, attempt, faults, failure, lanes <> '{}'\
      """;

  private final Transaction transaction;
  private final TaskSettings settings;

  private QueueClaims(Transaction transaction, TaskSettings settings) {
    this.transaction = transaction;
    this.settings = settings;
  }

  /// Takes up to `limit` tasks that are due and that nobody holds.
  static List<RunningTask> claim(Transaction transaction, TaskSettings settings, int limit) {
    var claims = new QueueClaims(transaction, settings);
    var claimed = new ArrayList<>(claims.inLanes(limit));
    claimed.addAll(claims.outsideLanes(limit - claimed.size()));
    return claimed;
  }

  /// A waiting task that shares something.
  private record Candidate(String taskId, List<Lane> lanes) {}

  private List<RunningTask> inLanes(int limit) {
    if (candidates(1).isEmpty()) {
      return List.of();
    }
    transaction.query("SELECT pg_advisory_xact_lock(?)::text", List.of(LANES_LOCK), _ -> true);
    var running = running();
    var admitted = new ArrayList<String>();
    for (var candidate : candidates(limit)) {
      if (admitted.size() < limit && hasPlace(candidate, running)) {
        candidate.lanes().forEach(lane -> running.merge(lane, 1, Integer::sum));
        admitted.add(candidate.taskId());
      }
    }
    return admitted.isEmpty() ? List.of() : take("task_id = ANY (?)", List.of(admitted), limit);
  }

  private boolean hasPlace(Candidate candidate, Map<Lane, Integer> running) {
    return candidate.lanes().stream()
        .allMatch(lane -> settings.allows(lane, running.getOrDefault(lane, 0)));
  }

  private Map<Lane, Integer> running() {
    var running = new HashMap<Lane, Integer>();
    transaction
        .query(
            """
            SELECT lane
            FROM belfry.task_queue, unnest(lanes) AS lane
            WHERE lanes <> '{}'
              AND lease_until >= now()
            """,
            List.of(),
            row -> Lane.parse(row.text(1)))
        .forEach(lane -> running.merge(lane, 1, Integer::sum));
    return running;
  }

  /// The first so many of each combination of lanes, so that a long queue in one does not hide the
  /// others.
  private List<Candidate> candidates(int ofEach) {
    return transaction.query(
        """
        SELECT task_id, array_to_string(lanes, ' ')
        FROM (
          SELECT task_id, lanes, due_at,
                 row_number() OVER (PARTITION BY lanes ORDER BY due_at, task_id) AS place
          FROM belfry.task_queue
          WHERE lanes <> '{}'
            AND %s) waiting
        WHERE place <= ?
        ORDER BY due_at, task_id
        """
            .formatted(FREE),
        List.of(ofEach),
        row -> new Candidate(row.text(1), lanes(row.text(2))));
  }

  private static List<Lane> lanes(String texts) {
    return Arrays.stream(texts.split(" ")).map(Lane::parse).toList();
  }

  private List<RunningTask> outsideLanes(int limit) {
    return limit == 0 ? List.of() : take("lanes = '{}'", List.of(), limit);
  }

  /// The choice is made once and for all: as a mere subquery, PostgreSQL may make it again for each
  /// row, and what is locked by then is skipped, so that the limit means nothing.
  ///
  /// @param which a condition, with `?` for each of its parameters
  private List<RunningTask> take(String which, List<?> parameters, int limit) {
    var all = new ArrayList<Object>(parameters);
    all.addAll(List.of(limit, settings.owner(), settings.lease().toMillis()));
    return transaction.query(
        """
        WITH chosen AS MATERIALIZED (
          SELECT task_id
          FROM belfry.task_queue
          WHERE %s
            AND %s
          ORDER BY due_at, task_id
          LIMIT ?
          FOR UPDATE SKIP LOCKED)
        UPDATE belfry.task_queue AS queued
        SET lease_owner = ?,
            lease_until = now() + ? * INTERVAL '1 millisecond',
            fence = fence + 1,
            attempt = attempt + 1
        FROM chosen JOIN tower.task ON task.id = chosen.task_id
        WHERE queued.task_id = chosen.task_id
        RETURNING %s
        """
            .formatted(which, FREE, TASK),
        all,
        QueueClaims::task);
  }

  static RunningTask task(ResultRow row) {
    var told =
        new RunningTask.Told(
            row.text(1), row.text(2), json(row.text(3)), row.text(4), json(row.text(5)));
    var claim =
        new RunningTask.Claim(
            row.longValue(6),
            (int) row.longValue(7),
            (int) row.longValue(8),
            failure(row.textOrNull(9)),
            row.booleanValue(10));
    return new RunningTask(told, claim);
  }

  private static @Nullable Failure failure(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var failure = json(text);
    return new Failure(
        failure.required("code").textValue(), failure.required("message").textValue());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the queue holds no JSON: " + text, e);
    }
  }
}

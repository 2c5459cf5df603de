package io.belfry.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.database.TestTables;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.TaskStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final int TASKS = 20;
  private static final TaskSettings SETTINGS =
      new TaskSettings("test", TASKS, Duration.ofMinutes(1), Duration.ofSeconds(1), 1, Map.of());

  private final Store store = new Store(TestTables.freshDatabase().dataSource(), TestTables.LAYOUT);
  private final TaskQueue queue = new TaskQueue(Clock.systemUTC(), () -> {});
  private final Recorder recorder = new Recorder(store, queue);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final Set<String> transactions = ConcurrentHashMap.newKeySet();

  @Test
  void recordsTogetherWhatWaitsTogether() throws Exception {
    var recorded = recordAllWhileBusy(_ -> this::rememberTransaction);

    for (var one : recorded) {
      assertThat(one.get()).isTrue();
    }
    assertThat(transactions).hasSizeLessThan(TASKS / 2);
    assertThat(statuses()).containsOnly(TaskStatus.SUCCESSED);
  }

  @Test
  void keepsTheFaultOfOneFromTheOthers() throws Exception {
    var recorded =
        recordAllWhileBusy(task ->
            transaction -> {
              if (task.id().equals("task-13")) {
                throw new IllegalStateException("a mistake");
              }
            });

    for (var i = 0; i < recorded.size(); i++) {
      assertThat(recorded.get(i)).satisfies(i == 13 ? RecorderTest::failed : RecorderTest::ended);
    }
    assertThat(statuses()).contains(TaskStatus.EXECUTING).contains(TaskStatus.SUCCESSED);
  }

  private static void failed(Future<Boolean> recorded) {
    assertThat(recorded)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .havingCause()
        .withMessage("a mistake");
  }

  private static void ended(Future<Boolean> recorded) {
    assertThat(recorded).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
  }

  private interface Recordings {
    Recording of(RunningTask task);
  }

  /// Ends all tasks, most of them while the first are still being recorded.
  private List<Future<Boolean>> recordAllWhileBusy(Recordings recordings) throws Exception {
    var tasks = claimed();
    var recorded = new ArrayList<Future<Boolean>>();
    var threads = new ArrayList<Thread>();
    for (var task : tasks) {
      var recording = recordings.of(task);
      var ending =
          new FutureTask<>(
              () -> recorder.succeed(task, ((Recording) this::waitALittle).then(recording)));
      recorded.add(ending);
      threads.add(Thread.ofPlatform().daemon().start(ending));
    }
    for (var thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    mayGoOn.countDown();
    return recorded;
  }

  private void waitALittle(Transaction transaction) {
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void rememberTransaction(Transaction transaction) {
    transactions.addAll(
        transaction.query("SELECT pg_current_xact_id()::text", List.of(), row -> row.text(1)));
  }

  /// All tasks, in the order of their numbers.
  private List<RunningTask> claimed() {
    return store.write(transaction -> {
      queue.add(transaction, IntStream.range(0, TASKS).mapToObj(RecorderTest::newTask).toList());
      return queue.claim(transaction, SETTINGS, TASKS).stream()
          .sorted(Comparator.comparing(RunningTask::id))
          .toList();
    });
  }

  private static NewTask newTask(int number) {
    return new NewTask(
        String.format(Locale.ROOT, "task-%02d", number),
        "test",
        new LocalizedText("Test", "测试"),
        new NewTask.Subject("Organization", "none", "test", null, null),
        JsonNodeFactory.instance.objectNode());
  }

  private List<TaskStatus> statuses() {
    return store.read(transaction ->
        transaction.rows(TaskRow.TYPE, "ORDER BY id", List.of()).stream()
            .map(TaskRow::status)
            .toList());
  }
}

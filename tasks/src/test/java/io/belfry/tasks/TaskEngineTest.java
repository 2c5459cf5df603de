package io.belfry.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import io.belfry.store.database.TestTables;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.OrganizationEdit;
import io.belfry.store.rows.OrganizationRow;
import io.belfry.store.rows.TaskRow;
import io.belfry.store.rows.TaskStatus;
import io.belfry.store.rows.VmEdit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskEngineTest {
  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final long PATIENCE_SECONDS = 30;
  private static final LocalizedText TEXT = new LocalizedText("Test", "测试");

  private final Store store = new Store(TestTables.freshDatabase().dataSource(), TestTables.LAYOUT);

  @Test
  void recordsWhatTheWorkSawAndEndsTheTask() throws InterruptedException {
    var work = new Work(task -> recording(task, "seen"));

    run(work, 1);

    assertThat(organizations()).containsExactly("seen");
    var task = task("task-0");
    assertThat(task.status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(task.progress()).isEqualTo(1);
    assertThat(task.startedAt()).isEqualTo(NOW);
    assertThat(task.finishedAt()).isEqualTo(NOW);
    assertThat(task.steps().get(0).path("finished").booleanValue()).isTrue();
  }

  @Test
  void rollsBackWhatCannotBeDoneAndTellsWhy() throws InterruptedException {
    var work =
        new Work(_ -> {
          throw new TaskFailedException("JOB_VM_SHUTDOWN_TIMEOUT", "no reaction");
        });

    run(work, 1);

    var task = task("task-0");
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.errorCode()).isEqualTo("JOB_VM_SHUTDOWN_TIMEOUT");
    assertThat(task.errorMessage()).contains("[JOB_VM_SHUTDOWN_TIMEOUT]no reaction");
    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(organizations()).containsExactly("rolled back");
  }

  @Test
  void givesUpAFaultOfOursAfterSomeAttempts() throws InterruptedException {
    var attempts = new AtomicInteger();
    var work =
        new Work(_ -> {
          attempts.incrementAndGet();
          throw new IllegalStateException("a mistake");
        });

    run(work, 1);

    assertThat(attempts).hasValue(settings().attempts());
    assertThat(task("task-0").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task("task-0").errorCode()).isEqualTo("INTERNAL");
  }

  @Test
  void doesNotCountInterruptionsAsFaults() throws InterruptedException {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    for (var restart = 0; restart < 10; restart++) {
      claim(queue, "interrupted");
    }
    var attempts = new AtomicInteger();
    var work =
        new Work(task -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("a mistake");
          }
          return recording(task, "in the end");
        });

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      work.awaitEnds(1);
    }

    assertThat(task("task-0").status()).isEqualTo(TaskStatus.SUCCESSED);
  }

  @Test
  void triesAgainToRollBackWithoutActingAgain() throws InterruptedException {
    var acts = new AtomicInteger();
    var rollBacks = new AtomicInteger();
    var work =
        new Work(
            _ -> {
              acts.incrementAndGet();
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {
              if (rollBacks.incrementAndGet() == 1) {
                throw new IllegalStateException("a mistake in rolling back");
              }
            });

    run(work, 1);

    assertThat(acts).hasValue(1);
    assertThat(task("task-0").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task("task-0").errorCode()).isEqualTo("NO");
    assertThat(task("task-0").resourceRollbacked()).isTrue();
    assertThat(task("task-0").resourceRollbackRetryCount()).isEqualTo(1);
    assertThat(organizations()).containsExactly("rolled back");
  }

  @Test
  void endsWithoutRollingBackWhereThatIsImpossibleAndLeavesNothingLocked()
      throws InterruptedException {
    store.change(transaction ->
        transaction.insert(
            VmEdit.edit().id("vm").name("vm").entityAsyncStatus(EntityAsyncStatus.UPDATING)));
    var work =
        new Work(
            _ -> {
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {
              throw new IllegalStateException("can't be rolled back");
            });

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      var subject = new NewTask.Subject("Vm", "vm", "test", null, null);
      store.change(transaction ->
          engine
              .queue()
              .add(
                  transaction,
                  List.of(
                      new NewTask(
                          "task-0",
                          "test",
                          TEXT,
                          subject,
                          JsonNodeFactory.instance.objectNode()))));
      awaitStatus("task-0", TaskStatus.FAILED);
    }

    assertThat(task("task-0").resourceRollbacked()).isFalse();
    assertThat(task("task-0").resourceRollbackError()).isEqualTo("can't be rolled back");
    assertThat(lockedVms()).isEmpty();
    assertThat(queued()).isZero();
  }

  @Test
  void undoesWhatFailedOnceNobodyCanActForItAnyMore() throws InterruptedException {
    var seen = new ArrayList<String>();
    var work =
        Work.withUndo(
            _ -> {
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {
              seen.addAll(failures());
              seen.addAll(organizations());
            });

    run(work, 1);

    assertThat(seen).singleElement().asString().contains("impossible");
    assertThat(organizations()).containsExactly("rolled back");
    assertThat(task("task-0").errorCode()).isEqualTo("NO");
    assertThat(task("task-0").resourceRollbacked()).isTrue();
  }

  @Test
  void undoesWhatIsGivenUp() throws InterruptedException {
    var undone = new AtomicInteger();
    var work =
        Work.withUndo(
            _ -> {
              throw new IllegalStateException("a mistake");
            },
            undone::incrementAndGet);

    run(work, 1);

    assertThat(undone).hasValue(1);
    assertThat(task("task-0").errorCode()).isEqualTo("INTERNAL");
  }

  @Test
  void recordsWhatUndoingLeaves() throws InterruptedException {
    var work =
        Work.withUndo(
            _ -> {
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {},
            transaction ->
                transaction.insert(OrganizationEdit.edit().id("left").name("left behind")));

    run(work, 1);

    assertThat(organizations()).containsExactlyInAnyOrder("left behind", "rolled back");
  }

  @Test
  void triesAgainToUndoWithoutActingAgain() throws InterruptedException {
    var acts = new AtomicInteger();
    var undone = new AtomicInteger();
    var work =
        Work.withUndo(
            _ -> {
              acts.incrementAndGet();
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {
              if (undone.incrementAndGet() == 1) {
                throw new IllegalStateException("a mistake in undoing");
              }
            });

    run(work, 1);

    assertThat(acts).hasValue(1);
    assertThat(undone).hasValue(2);
    assertThat(task("task-0").errorCode()).isEqualTo("NO");
    assertThat(task("task-0").resourceRollbacked()).isTrue();
  }

  @Test
  void saysWhatCannotBeUndoneAndRollsBackAllTheSame() throws InterruptedException {
    var work =
        Work.withUndo(
            _ -> {
              throw new TaskFailedException("NO", "impossible");
            },
            () -> {
              throw new IllegalStateException("can't be undone");
            });

    run(work, 1);

    assertThat(task("task-0").errorCode()).isEqualTo("NO");
    assertThat(task("task-0").resourceRollbacked()).isFalse();
    assertThat(task("task-0").resourceRollbackError()).isEqualTo("can't be undone");
    assertThat(organizations()).containsExactly("rolled back");
    assertThat(queued()).isZero();
  }

  @Test
  void undoesNothingWhileSomebodyElseActs() throws InterruptedException {
    var undone = new AtomicInteger();
    var attempts = new TwoAttempts();
    var work =
        Work.withUndo(
            task -> {
              attempts.begin(task);
              if (task.attempt() == 1) {
                throw new TaskFailedException("NO", "too late");
              }
              return recording(task, "attempt 2");
            },
            undone::incrementAndGet);

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      add(engine.queue(), 1);
      attempts.awaitBoth(this::expireLeaseOfFirstAttempt);
      attempts.end(1);
      attempts.end(2);
      work.awaitEnds(1);
    }

    assertThat(undone).hasValue(0);
    assertThat(organizations()).containsExactly("attempt 2");
  }

  /// Two attempts at one task that go on when they are told to.
  private static final class TwoAttempts {
    private final List<BlockingQueue<Thread>> begun =
        List.of(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    private final List<CountDownLatch> mayEnd =
        List.of(new CountDownLatch(1), new CountDownLatch(1));

    void begin(RunningTask task) throws InterruptedException {
      begun.get(task.attempt() - 1).add(Thread.currentThread());
      mayEnd.get(task.attempt() - 1).await();
    }

    void awaitBoth(Runnable expireLease) {
      while (begun.getLast().isEmpty()) {
        expireLease.run();
      }
    }

    /// Lets an attempt go on and waits for its end.
    void end(int attempt) throws InterruptedException {
      mayEnd.get(attempt - 1).countDown();
      begun.get(attempt - 1).take().join();
    }
  }

  @Test
  void runsNoMoreTasksOfALaneThanItAllows() throws InterruptedException {
    var now = new ConcurrentHashMap<String, AtomicInteger>();
    var most = new AtomicInteger();
    var work =
        new Work(task -> {
          var running = now.computeIfAbsent(lane(task.id()), _ -> new AtomicInteger());
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          running.decrementAndGet();
          return recording(task, task.id());
        });

    try (var engine = new TaskEngine(store, owner("a", Duration.ofSeconds(2)), CLOCK);
        var other = new TaskEngine(store, owner("b", Duration.ofSeconds(2)), CLOCK)) {
      store.change(transaction ->
          engine
              .queue()
              .add(
                  transaction,
                  IntStream.range(0, 40)
                      .mapToObj(TaskEngineTest::newTask)
                      .map(task -> task.in(List.of(new Lane("host", lane(task.id())))))
                      .toList()));
      engine.start(Map.of("test", work));
      other.start(Map.of("test", work));
      work.awaitEnds(40);
    }

    assertThat(most).hasValueBetween(1, 2);
    assertThat(organizations()).hasSize(40);
  }

  @Test
  void letsOtherLanesPassWhereOneIsFull() {
    var queue = new TaskQueue(CLOCK, () -> {});
    store.change(transaction -> {
      for (var i = 0; i < 5; i++) {
        queue.add(transaction, List.of(newTask(i).in(List.of(new Lane("host", "full")))));
      }
      queue.add(transaction, List.of(newTask(5).in(List.of(new Lane("host", "free")))));
      queue.add(transaction, List.of(newTask(6)));
    });

    var claimed =
        store.write(
            transaction -> queue.claim(transaction, owner("worker", Duration.ofMinutes(1)), 10));

    assertThat(claimed)
        .extracting(RunningTask::id)
        .containsExactlyInAnyOrder("task-0", "task-1", "task-5", "task-6");
  }

  @Test
  void cancelsWhatNobodyWorksOnYet() {
    var work = new Work(task -> recording(task, "never"));
    var engine = new TaskEngine(store, settings(), CLOCK);
    engine.use(Map.of("test", work));
    add(engine.queue(), 1);

    var cancelled =
        store.write(transaction -> engine.cancel(transaction, "task-0", "changed my mind"));

    assertThat(cancelled).isTrue();
    assertThat(task("task-0").status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task("task-0").errorCode()).isEqualTo("CANCELLED");
    assertThat(task("task-0").errorMessage()).contains("changed my mind");
    assertThat(organizations()).containsExactly("rolled back");
    assertThat(queued()).isZero();
  }

  @Test
  void doesNotCancelWhatSomebodyWorksOn() {
    var engine = new TaskEngine(store, settings(), CLOCK);
    engine.use(Map.of("test", new Work(task -> recording(task, "running"))));
    add(engine.queue(), 1);
    claim(engine.queue(), "worker");

    var cancelled =
        store.write(transaction -> engine.cancel(transaction, "task-0", "changed my mind"));

    assertThat(cancelled).isFalse();
    assertThat(task("task-0").status()).isEqualTo(TaskStatus.EXECUTING);
  }

  @Test
  void goesOnWithTheTasksOfADeadWorker() throws InterruptedException {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    store.write(transaction -> queue.claim(transaction, owner("dead", Duration.ZERO), 10));
    var attempt = new AtomicInteger();
    var work =
        new Work(task -> {
          attempt.set(task.attempt());
          return recording(task, "taken over");
        });

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      work.awaitEnds(1);
    }

    assertThat(attempt).hasValue(2);
    assertThat(task("task-0").status()).isEqualTo(TaskStatus.SUCCESSED);
  }

  @Test
  void inheritsTasksWithoutWaitingForTheirLeases() throws InterruptedException {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    store.write(transaction -> queue.claim(transaction, owner("dead", Duration.ofDays(1)), 10));
    var work = new Work(task -> recording(task, "inherited"));

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.inherit();
      engine.start(Map.of("test", work));
      work.awaitEnds(1);
    }

    assertThat(organizations()).containsExactly("inherited");
  }

  @Test
  void lastClaimAloneMayRecord() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    var first = claim(queue, "first");
    var second = claim(queue, "second");

    var recordedByFirst = store.write(transaction -> queue.succeed(transaction, List.of(first)));
    var recordedBySecond = store.write(transaction -> queue.succeed(transaction, List.of(second)));

    assertThat(recordedByFirst).isEmpty();
    assertThat(recordedBySecond).containsExactly(second);
  }

  @Test
  void lastClaimAloneMayRecordWhereBothEndAtOnce() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    var first = claim(queue, "same");
    var second = claim(queue, "same");

    var recorded = store.write(transaction -> queue.succeed(transaction, List.of(first, second)));

    assertThat(recorded).containsExactly(second);
  }

  @Test
  void letsNobodyClaimWhatIsHeld() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 2);
    var first = claim(queue, "first");

    var claimed =
        store.write(transaction -> {
          assertThat(queue.hold(transaction, List.of(first.claim())))
              .containsExactly(first.claim());
          return store.write(other -> queue.claim(other, owner("second", Duration.ZERO), 10));
        });

    assertThat(claimed).extracting(RunningTask::id).doesNotContain(first.id()).hasSize(1);
    assertThat(claim(queue, "third").id()).isEqualTo(first.id());
  }

  @Test
  void holdsLatestClaimsOnly() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    var first = claim(queue, "first").claim();
    var second = claim(queue, "second");

    assertThat(held(queue, first, second.claim())).containsExactly(second.claim());
    store.write(transaction -> queue.succeed(transaction, List.of(second)));

    assertThat(held(queue, first, second.claim())).isEmpty();
  }

  private Set<TaskClaim> held(TaskQueue queue, TaskClaim... claims) {
    return store.write(transaction -> queue.hold(transaction, List.of(claims)));
  }

  @Test
  void holdsOnToATaskThatItHasClaimedAgain() throws InterruptedException {
    var attempts = new TwoAttempts();
    var work =
        new Work(task -> {
          attempts.begin(task);
          return recording(task, "attempt " + task.attempt());
        });

    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      add(engine.queue(), 1);
      attempts.awaitBoth(this::expireLeaseOfFirstAttempt);
      attempts.end(1);

      assertThat(engine.running()).isEqualTo(1);
      attempts.end(2);
      work.awaitEnds(1);
    }
    assertThat(organizations()).containsExactly("attempt 2");
  }

  /// As for a process that has slept.
  private void expireLeaseOfFirstAttempt() {
    store.change(transaction ->
        transaction.execute(
            """
            UPDATE belfry.task_queue
            SET lease_until = now() - INTERVAL '1 second'
            WHERE attempt = 1
            """,
            List.of()));
  }

  @Test
  void leavesTasksAloneThatSomebodyHolds() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 1);
    store.write(transaction -> queue.claim(transaction, owner("busy", Duration.ofMinutes(1)), 10));

    var claimed =
        store.write(
            transaction -> queue.claim(transaction, owner("other", Duration.ofMinutes(1)), 10));

    assertThat(claimed).isEmpty();
  }

  @Test
  void finishesInTheNextRunWhatTheStopInterrupted() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var hanging =
        new Work(_ -> {
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    var engine = new TaskEngine(store, settings(), CLOCK);
    engine.start(Map.of("test", hanging));
    add(engine.queue(), 1);
    begun.await();
    engine.stop(Duration.ZERO);

    var work = new Work(task -> recording(task, "finished"));
    try (var next = new TaskEngine(store, settings(), CLOCK)) {
      next.start(Map.of("test", work));
      work.awaitEnds(1);
    }

    assertThat(task("task-0").status()).isEqualTo(TaskStatus.SUCCESSED);
  }

  @Test
  void worksOnNoMoreTasksAtOnceThanAllowed() throws InterruptedException {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var work =
        new Work(task -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          now.decrementAndGet();
          return recording(task, task.id());
        });

    run(work, 50);

    assertThat(most.get()).isBetween(1, settings().concurrency());
    assertThat(organizations()).hasSize(50);
  }

  private void run(Work work, int tasks) throws InterruptedException {
    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      add(engine.queue(), tasks);
      work.awaitEnds(tasks);
    }
  }

  @Test
  void keepsItsLeasesWhileItStops() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var work =
        new Work(task -> {
          begun.countDown();
          mayEnd.await();
          return recording(task, "in the end");
        });
    try (var engine = new TaskEngine(store, settings(), CLOCK)) {
      engine.start(Map.of("test", work));
      add(engine.queue(), 1);
      begun.await();

      var stop = Thread.ofVirtual().start(() -> engine.stop(Duration.ofSeconds(PATIENCE_SECONDS)));
      while (engine.isHealthy()) {
        Thread.onSpinWait();
      }
      awaitRenewal();
      awaitRenewal();
      mayEnd.countDown();
      stop.join();
    }

    assertThat(organizations()).containsExactly("in the end");
  }

  private void awaitRenewal() {
    var before = leaseEnd();
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (leaseEnd().equals(before)) {
      assertThat(System.nanoTime()).as("the lease is renewed").isLessThan(deadline);
    }
  }

  private String leaseEnd() {
    return store
        .read(transaction ->
            transaction.query(
                "SELECT lease_until::text FROM belfry.task_queue", List.of(), row -> row.text(1)))
        .getFirst();
  }

  /// With such a plan, PostgreSQL chooses anew for each row where nothing keeps it from that.
  @Test
  void claimsNoMoreThanItHasPlacesForHoweverThatIsPlanned() {
    var queue = new TaskQueue(CLOCK, () -> {});
    add(queue, 100);

    var claimed =
        store.write(transaction -> {
          List.of("hashjoin", "mergejoin", "hashagg", "sort", "material")
              .forEach(plan ->
                  transaction.execute("SET LOCAL enable_%s = off".formatted(plan), List.of()));
          return queue.claim(transaction, settings(), 10);
        });

    assertThat(claimed).hasSize(10);
  }

  private void add(TaskQueue queue, int tasks) {
    store.change(transaction ->
        queue.add(
            transaction, IntStream.range(0, tasks).mapToObj(TaskEngineTest::newTask).toList()));
  }

  private RunningTask claim(TaskQueue queue, String owner) {
    return store
        .write(transaction -> queue.claim(transaction, owner(owner, Duration.ofMillis(-1)), 1))
        .getFirst();
  }

  /// Two lanes, by the last digit of the task's number.
  private static String lane(String task) {
    return task.endsWith("0") || task.endsWith("5") ? "first" : "second";
  }

  private void awaitStatus(String task, TaskStatus status) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (task(task).status() != status) {
      assertThat(System.nanoTime()).as("%s becomes %s", task, status).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private List<String> lockedVms() {
    return store.read(transaction ->
        transaction.query(
            "SELECT id FROM tower.vm WHERE \"entityAsyncStatus\" IS NOT NULL",
            List.of(),
            row -> row.text(1)));
  }

  private List<String> failures() {
    return store.read(transaction ->
        transaction.query(
            "SELECT failure::text FROM belfry.task_queue WHERE failure IS NOT NULL",
            List.of(),
            row -> row.text(1)));
  }

  private long queued() {
    return store
        .read(transaction ->
            transaction.query(
                "SELECT count(*) FROM belfry.task_queue", List.of(), row -> row.longValue(1)))
        .getFirst();
  }

  private static NewTask newTask(int number) {
    return new NewTask(
        "task-" + number,
        "test",
        TEXT,
        new NewTask.Subject("Organization", "none", "test", null, null),
        JsonNodeFactory.instance.objectNode());
  }

  private TaskRow task(String id) {
    return store.read(transaction -> transaction.find(TaskRow.TYPE, id)).orElseThrow();
  }

  private List<String> organizations() {
    return store.read(transaction ->
        transaction.rows(OrganizationRow.TYPE, "ORDER BY name", List.of()).stream()
            .map(OrganizationRow::name)
            .toList());
  }

  private static TaskWork.Recording recording(RunningTask task, String name) {
    return transaction ->
        transaction.insert(OrganizationEdit.edit().id("of-" + task.id()).name(name));
  }

  private static TaskSettings settings() {
    return owner("test", Duration.ofSeconds(2));
  }

  private static TaskSettings owner(String name, Duration lease) {
    return new TaskSettings(name, 4, lease, Duration.ofMillis(50), 2, Map.of("host", 2));
  }

  /// Work that tells when its tasks have been recorded or rolled back.
  private static final class Work implements TaskWork {
    private final Act act;
    private final Runnable beforeRollBack;
    private final @Nullable Undo undo;
    private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();

    Work(Act act) {
      this(act, () -> {});
    }

    Work(Act act, Runnable beforeRollBack) {
      this(act, beforeRollBack, null);
    }

    private Work(Act act, Runnable beforeRollBack, @Nullable Undo undo) {
      this.act = act;
      this.beforeRollBack = beforeRollBack;
      this.undo = undo;
    }

    static Work withUndo(Act act, Runnable undo) {
      return withUndo(act, undo, Recording.NOTHING);
    }

    static Work withUndo(Act act, Runnable undo, Recording left) {
      return new Work(
          act,
          () -> {},
          () -> {
            undo.run();
            return left;
          });
    }

    @FunctionalInterface
    interface Act {
      Recording act(RunningTask task) throws InterruptedException;
    }

    @Override
    public Recording act(RunningTask task) throws InterruptedException {
      var recording = act.act(task);
      return recording.then(transaction -> transaction.afterCommit(() -> ended.add(task.id())));
    }

    @Override
    public Optional<Undo> undo(RunningTask task) {
      return Optional.ofNullable(undo);
    }

    @Override
    public void rollBack(Transaction transaction, RunningTask task) {
      beforeRollBack.run();
      transaction.insert(OrganizationEdit.edit().id("undo-" + task.id()).name("rolled back"));
      transaction.afterCommit(() -> ended.add(task.id()));
    }

    void awaitEnds(int count) throws InterruptedException {
      var all = new ArrayList<String>();
      while (all.size() < count) {
        var next = ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("tasks ended: %s", all).isNotNull();
        all.add(next);
      }
    }
  }
}

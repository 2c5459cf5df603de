package io.belfry.tasks;

import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on queued tasks, each on a virtual thread of its own, at most as many at once as the
/// settings say. Any number of engines may share a database.
///
/// Thread-safe. Started once; [#close] waits for running tasks for a while and gives back the rest.
public final class TaskEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);
  private static final int CLAIM_LIMIT = 64;

  /// How many tasks are recorded at once: enough to keep the database busy, few enough to leave
  /// connections to requests.
  private static final int RECORDERS = 8;

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

  private final Store store;
  private final TaskSettings settings;
  private final TaskQueue queue;
  private final Semaphore slots;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Semaphore recorders = new Semaphore(RECORDERS);
  private final Map<String, RunningTask> held = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Map<String, TaskWork> works = Map.of();
  private volatile boolean stopping;
  private volatile boolean claiming;

  public TaskEngine(Store store, TaskSettings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.queue = new TaskQueue(clock, wakeUps::release);
    this.slots = new Semaphore(settings.concurrency());
  }

  /// Where decisions queue their tasks.
  public TaskQueue queue() {
    return queue;
  }

  /// Starts to work; unfinished tasks of an earlier run go on.
  ///
  /// @param workByOperation what does the tasks of each operation, by the operation's path
  public void start(Map<String, TaskWork> workByOperation) {
    works = Map.copyOf(workByOperation);
    threads.execute(this::claimUntilStopped);
    threads.execute(this::renewUntilStopped);
  }

  /// Whether tasks are being worked on: false before the start, after the end, and while the
  /// database is away.
  public boolean isHealthy() {
    return claiming && !stopping;
  }

  /// How many tasks this process works on now.
  public int running() {
    return held.size();
  }

  /// Stops to claim, lets running tasks end, interrupts those that take too long and gives them
  /// back.
  @Override
  public void close() {
    stop(PATIENCE_AT_CLOSE);
  }

  /// As [#close], waiting no longer than this.
  void stop(Duration patience) {
    stopping = true;
    wakeUps.release();
    try {
      if (!slots.tryAcquire(settings.concurrency(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("{} tasks are still running; they go on at the next start", held.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    threads.close();
  }

  private void claimUntilStopped() {
    while (!stopping) {
      try {
        claimOnce();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void claimOnce() throws InterruptedException {
    slots.acquire();
    var permits = 1 + takeMore(CLAIM_LIMIT - 1);
    var claimed = claim(permits);
    slots.release(permits - claimed.size());
    for (var task : claimed) {
      held.put(task.id(), task);
      threads.execute(() -> run(task));
    }
    if (claimed.size() < permits
        && wakeUps.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  private int takeMore(int limit) {
    var taken = 0;
    while (taken < limit && slots.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  private Collection<RunningTask> claim(int limit) {
    if (stopping) {
      return List.of();
    }
    try {
      var claimed =
          store.write(
              transaction -> queue.claim(transaction, settings.owner(), settings.lease(), limit));
      claiming = true;
      return claimed;
    } catch (RuntimeException e) {
      claiming = false;
      LOG.warn("can't claim tasks: {}", e.getMessage());
      return List.of();
    }
  }

  private void renewUntilStopped() {
    try {
      while (true) {
        Thread.sleep(settings.heartbeat());
        renew();
      }
    } catch (InterruptedException e) {
      // the end
    }
  }

  private void renew() {
    if (held.isEmpty()) {
      return;
    }
    try {
      store.change(transaction ->
          queue.renew(transaction, settings.owner(), settings.lease(), held.values()));
    } catch (RuntimeException e) {
      LOG.warn("can't renew leases: {}", e.getMessage());
    }
  }

  private void run(RunningTask task) {
    try {
      attempt(task);
    } catch (InterruptedException e) {
      giveBack(task, Duration.ZERO);
    } finally {
      held.remove(task.id());
      slots.release();
    }
  }

  private void attempt(RunningTask task) throws InterruptedException {
    try {
      finish(task);
    } catch (RuntimeException e) {
      retry(task, e);
    }
  }

  private void finish(RunningTask task) throws InterruptedException {
    var work = work(task);
    try {
      var recording = work.act(task);
      end(task, transaction -> queue.succeed(transaction, task), recording);
    } catch (TaskFailedException e) {
      fail(task, work, e);
    }
  }

  private void fail(RunningTask task, TaskWork work, TaskFailedException failure)
      throws InterruptedException {
    end(
        task,
        transaction -> queue.fail(transaction, task, failure),
        transaction -> work.rollBack(transaction, task));
  }

  /// Ends a task and writes what belongs to its end, unless somebody else has claimed it since.
  private void end(RunningTask task, Predicate<Transaction> toEnd, TaskWork.Recording recording)
      throws InterruptedException {
    recorders.acquire();
    try {
      var mine =
          store.write(transaction -> {
            var ended = toEnd.test(transaction);
            if (ended) {
              recording.record(transaction);
            }
            return ended;
          });
      if (!mine) {
        LOG.warn("task {} was taken over by another worker; nothing recorded here", task.id());
      }
    } finally {
      recorders.release();
    }
  }

  private TaskWork work(RunningTask task) {
    return Optional.ofNullable(works.get(task.operation()))
        .orElseThrow(() -> new IllegalStateException("nobody does " + task.operation()));
  }

  /// A fault of ours or of the world: try again later, and give up only on what is ours.
  private void retry(RunningTask task, RuntimeException fault) throws InterruptedException {
    var unavailable =
        fault instanceof ProblemException problem
            && problem.problem().code().category() == ProblemCode.Category.UNAVAILABLE;
    if (unavailable || task.attempt() < settings.attempts()) {
      LOG.warn("task {} ({}) is tried again", task.id(), task.operation(), fault);
      giveBack(task, pause(task.attempt()));
      return;
    }
    LOG.error("task {} ({}) is given up", task.id(), task.operation(), fault);
    try {
      fail(task, work(task), new TaskFailedException("INTERNAL", "Internal error", fault));
    } catch (RuntimeException e) {
      LOG.warn("left to the end of its lease: {}", e.getMessage());
    }
  }

  private static Duration pause(int attempt) {
    return Duration.ofMillis(100L << Math.min(attempt, 8));
  }

  private void giveBack(RunningTask task, Duration pause) {
    try {
      store.change(transaction -> queue.giveBack(transaction, task, pause));
    } catch (RuntimeException e) {
      LOG.warn("left to the end of its lease: {}", e.getMessage());
    }
  }
}

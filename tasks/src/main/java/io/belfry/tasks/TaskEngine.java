package io.belfry.tasks;

import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on queued tasks, each on a virtual thread of its own, at most as many at once as the
/// settings say. Any number of engines may share a database.
///
/// Thread-safe. Started once; [#close] waits for running tasks for a while and gives back the rest.
public final class TaskEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);
  private static final int CLAIM_LIMIT = 64;
  private static final int FEW_SLOTS = 16;
  private static final int GATHERING_MILLIS = 5;

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

  /// For tasks of operations that this build does not know.
  private static final TaskWork NOBODYS =
      new TaskWork() {
        @Override
        public Recording act(RunningTask task) {
          throw new IllegalStateException("nobody does " + task.operation());
        }

        @Override
        public void rollBack(Transaction transaction, RunningTask task) {
          throw new IllegalStateException("nobody takes back " + task.operation());
        }
      };

  private final Store store;
  private final TaskSettings settings;
  private final TaskQueue queue;
  private final Recorder recorder;
  private final Failures failures;
  private final Semaphore slots;
  private final Semaphore wakeUps = new Semaphore(0);

  /// By claim: a process that slept through a lease may have claimed the same task again.
  private final Map<TaskClaim, RunningTask> held = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Map<String, TaskWork> works = Map.of();
  private volatile boolean stopping;
  private volatile boolean claiming;

  /// An engine that shares its database with no other.
  public TaskEngine(Store store, TaskSettings settings, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.queue = new TaskQueue(clock, this::wake);
    this.recorder = new Recorder(store, queue);
    this.failures = new Failures(store, queue, settings.attempts());
    this.slots = new Semaphore(settings.concurrency());
  }

  /// @param queued tells all engines on the database to [#wake], this one too
  public TaskEngine(Store store, TaskSettings settings, Clock clock, Runnable queued) {
    this.store = store;
    this.settings = settings;
    this.queue = new TaskQueue(clock, queued);
    this.recorder = new Recorder(store, queue);
    this.failures = new Failures(store, queue, settings.attempts());
    this.slots = new Semaphore(settings.concurrency());
  }

  /// Where decisions queue their tasks.
  public TaskQueue queue() {
    return queue;
  }

  /// Looks for tasks now, as somebody says that there are some.
  public void wake() {
    wakeUps.release();
  }

  /// Ends a task that nobody works on yet as FAILED, and takes back what it prepared.
  ///
  /// @param reason for people
  /// @return false if it is being worked on, or has ended
  public boolean cancel(Transaction transaction, String id, String reason) {
    var waiting = queue.takeWaiting(transaction, id);
    waiting.ifPresent(task -> {
      queue.fail(transaction, task, Failure.of(new TaskFailedException("CANCELLED", reason)));
      work(task).rollBack(transaction, task);
    });
    return waiting.isPresent();
  }

  /// Takes their tasks from all who have worked on this database, without waiting for their leases
  /// to end. Only before the start, and only where it is certain that they live no more.
  public void inherit() {
    store.change(TaskQueue::freeAll);
  }

  /// Starts to work; unfinished tasks of an earlier run go on.
  ///
  /// @param workByOperation what does the tasks of each operation, by the operation's path
  public void start(Map<String, TaskWork> workByOperation) {
    use(workByOperation);
    threads.execute(this::claimUntilStopped);
    threads.execute(this::renewUntilInterrupted);
  }

  /// Learns who does what, without starting to work.
  public void use(Map<String, TaskWork> workByOperation) {
    works = Map.copyOf(workByOperation);
  }

  /// Whether tasks are being worked on: false before the start, after the end, and while the
  /// database is away.
  public boolean isHealthy() {
    return claiming && !stopping;
  }

  /// How many tasks this process works on now, those included that others have taken over.
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
    try {
      while (!stopping) {
        survive(this::claimOnce);
      }
    } catch (InterruptedException _) {
      // the end
    }
  }

  /// Whatever goes wrong once, even that memory runs out, must not end the work of this process.
  private void survive(Step step) throws InterruptedException {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      claiming = false;
      LOG.error("the task engine met a fault and goes on", e);
      Thread.sleep(settings.pollInterval());
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void claimOnce() throws InterruptedException {
    var permits = takeSlots();
    Collection<RunningTask> claimed = List.of();
    try {
      claimed = claim(permits);
    } finally {
      slots.release(permits - claimed.size());
    }
    for (var task : claimed) {
      held.put(task.claim(), task);
      threads.execute(() -> run(task));
    }
    if (claimed.size() < permits
        && wakeUps.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  /// Waits for a slot and takes some more. Where nearly all are in use, it waits a moment for
  /// several to become free, so that a long queue is not claimed one by one.
  private int takeSlots() throws InterruptedException {
    slots.acquire();
    var taken = 1 + takeFree(CLAIM_LIMIT - 1);
    var missing = FEW_SLOTS - taken;
    if (missing > 0 && slots.tryAcquire(missing, GATHERING_MILLIS, TimeUnit.MILLISECONDS)) {
      taken += missing + takeFree(CLAIM_LIMIT - FEW_SLOTS);
    }
    return taken;
  }

  private int takeFree(int limit) {
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
      var claimed = store.write(transaction -> queue.claim(transaction, settings, limit));
      claiming = true;
      return claimed;
    } catch (RuntimeException e) {
      claiming = false;
      LOG.warn("can't claim tasks: {}", e.getMessage());
      return List.of();
    }
  }

  /// Also while this stops: others must not take what is still being worked on.
  private void renewUntilInterrupted() {
    try {
      while (true) {
        Thread.sleep(settings.heartbeat());
        survive(this::renew);
      }
    } catch (InterruptedException _) {
      // the end
    }
  }

  private void renew() {
    if (held.isEmpty()) {
      return;
    }
    try {
      store.change(transaction -> queue.renew(transaction, settings, held.values()));
    } catch (RuntimeException e) {
      LOG.warn("can't renew leases: {}", e.getMessage());
    }
  }

  private void run(RunningTask task) {
    try {
      attempt(task);
    } catch (InterruptedException e) {
      failures.giveBack(task);
    } finally {
      held.remove(task.claim());
      slots.release();
    }
  }

  private void attempt(RunningTask task) throws InterruptedException {
    var work = work(task);
    var earlier = task.failure();
    if (earlier.isPresent()) {
      failures.takeBack(task, work, earlier.get());
      return;
    }
    try {
      var recording = work.act(task);
      if (!recorder.succeed(task, recording)) {
        Failures.wasOvertaken(task);
      }
    } catch (TaskFailedException e) {
      failures.takeBack(task, work, Failure.of(e));
    } catch (RuntimeException e) {
      failures.retry(task, work, e);
    }
  }

  private TaskWork work(RunningTask task) {
    return works.getOrDefault(task.operation(), NOBODYS);
  }
}

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
import java.util.function.Consumer;
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

  /// How many tasks are rolled back at once, so that some connections are left to requests.
  private static final int FAILING = 4;

  /// Until a task is tried again that could not reach the database or a hypervisor.
  private static final Duration UNAVAILABLE_PAUSE = Duration.ofSeconds(1);

  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

  private final Store store;
  private final TaskSettings settings;
  private final TaskQueue queue;
  private final Recorder recorder;
  private final Semaphore slots;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Semaphore failing = new Semaphore(FAILING);
  private final Map<String, RunningTask> held = new ConcurrentHashMap<>();
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
    this.slots = new Semaphore(settings.concurrency());
  }

  /// @param queued tells all engines on the database to [#wake], this one too
  public TaskEngine(Store store, TaskSettings settings, Clock clock, Runnable queued) {
    this.store = store;
    this.settings = settings;
    this.queue = new TaskQueue(clock, queued);
    this.recorder = new Recorder(store, queue);
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
    threads.execute(this::renewUntilStopped);
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
    untilStopped(this::claimOnce);
  }

  /// Whatever goes wrong once, even that memory runs out, must not end the work of this process.
  private void untilStopped(Step step) {
    while (!stopping) {
      try {
        try {
          step.run();
        } catch (RuntimeException | Error e) {
          claiming = false;
          LOG.error("the task engine met a fault and goes on", e);
          Thread.sleep(settings.pollInterval());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void claimOnce() throws InterruptedException {
    slots.acquire();
    var permits = 1 + takeMore(CLAIM_LIMIT - 1);
    Collection<RunningTask> claimed = List.of();
    try {
      claimed = claim(permits);
    } finally {
      slots.release(permits - claimed.size());
    }
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
      var claimed = store.write(transaction -> queue.claim(transaction, settings, limit));
      claiming = true;
      return claimed;
    } catch (RuntimeException e) {
      claiming = false;
      LOG.warn("can't claim tasks: {}", e.getMessage());
      return List.of();
    }
  }

  private void renewUntilStopped() {
    untilStopped(() -> {
      Thread.sleep(settings.heartbeat());
      renew();
    });
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
      leave(task, transaction -> queue.giveBack(transaction, task, Duration.ZERO));
    } finally {
      // a process that slept through its lease may have claimed the task again
      held.remove(task.id(), task);
      slots.release();
    }
  }

  private void attempt(RunningTask task) throws InterruptedException {
    var earlier = task.failure();
    if (earlier.isPresent()) {
      takeBack(task, earlier.get());
      return;
    }
    try {
      var recording = work(task).act(task);
      if (!recorder.succeed(task, recording)) {
        undoIfFailedElsewhere(task);
      }
    } catch (TaskFailedException e) {
      takeBack(task, Failure.of(e));
    } catch (RuntimeException e) {
      retry(task, e);
    }
  }

  /// A fault of ours or of the world: try again later, and give up only on what is ours.
  private void retry(RunningTask task, RuntimeException fault) throws InterruptedException {
    if (isUnavailable(fault)) {
      LOG.warn("task {} waits for what it needs: {}", task.id(), fault.getMessage());
      leave(task, transaction -> queue.giveBack(transaction, task, UNAVAILABLE_PAUSE));
      return;
    }
    if (task.faults() + 1 < settings.attempts()) {
      LOG.warn("task {} ({}) is tried again", task.id(), task.operation(), fault);
      leave(task, transaction -> queue.postpone(transaction, task, pause(task.faults())));
      return;
    }
    LOG.error("task {} ({}) is given up", task.id(), task.operation(), fault);
    takeBack(task, Failure.of(new TaskFailedException("INTERNAL", "Internal error", fault)));
  }

  /// Undoes what a task did, ends it as FAILED and takes back what it prepared. Where that goes
  /// wrong it is tried again, and in the end done without.
  private void takeBack(RunningTask task, Failure failure) throws InterruptedException {
    try {
      if (!undo(task, failure)
          || !end(
              transaction -> queue.fail(transaction, task, failure),
              transaction -> work(task).rollBack(transaction, task))) {
        undoIfFailedElsewhere(task);
      }
    } catch (RuntimeException e) {
      var faults = task.failure().isEmpty() ? 0 : task.faults();
      if (isUnavailable(e) || faults + 1 < settings.attempts()) {
        LOG.warn("task {} ({}) is rolled back later", task.id(), task.operation(), e);
        leave(
            task, transaction -> queue.postponeRollBack(transaction, task, failure, pause(faults)));
        return;
      }
      LOG.error("task {} ({}) can't be rolled back", task.id(), task.operation(), e);
      abandon(task, failure, String.valueOf(e.getMessage()));
    }
  }

  /// Undoes what the work of a task did. Until the failure is kept under the task's fence, somebody
  /// else may be acting for it; afterwards nobody does, so whoever undoes late undoes nothing else.
  ///
  /// @return false if somebody else has claimed the task since
  private boolean undo(RunningTask task, Failure failure) throws InterruptedException {
    var undo = work(task).undo(task);
    if (undo.isEmpty()) {
      return true;
    }
    var mine =
        task.failure().isPresent()
            || store.write(transaction -> queue.giveUp(transaction, task, failure));
    if (mine) {
      undo.get().run();
    }
    return mine;
  }

  /// What was done here while somebody else worked on the task, and gave it up, must not stay.
  private void undoIfFailedElsewhere(RunningTask task) throws InterruptedException {
    LOG.warn("task {} was taken over by another worker; nothing recorded here", task.id());
    try {
      var undo = work(task).undo(task);
      if (undo.isPresent() && store.read(transaction -> queue.hasFailed(transaction, task))) {
        undo.get().run();
      }
    } catch (RuntimeException e) {
      LOG.warn("something of task {} ({}) may be left", task.id(), task.operation(), e);
    }
  }

  /// Ends a task of which something stays, and takes back what it prepared if that is possible.
  private void abandon(RunningTask task, Failure failure, String reason)
      throws InterruptedException {
    try {
      end(
          transaction -> queue.abandon(transaction, task, failure, reason),
          transaction -> work(task).rollBack(transaction, task));
    } catch (RuntimeException e) {
      leave(task, transaction -> queue.abandon(transaction, task, failure, reason));
    }
  }

  static boolean isUnavailable(RuntimeException fault) {
    return fault instanceof ProblemException problem
        && problem.problem().code().category() == ProblemCode.Category.UNAVAILABLE;
  }

  private static Duration pause(int faults) {
    return Duration.ofMillis(200L << Math.min(faults, 7));
  }

  /// Lets go of a task. Should even that fail, its lease ends by itself.
  private void leave(RunningTask task, Consumer<Transaction> how) {
    try {
      store.change(how);
    } catch (RuntimeException e) {
      LOG.warn("task {} is left to the end of its lease: {}", task.id(), e.getMessage());
    }
  }

  /// Ends a task that has failed and writes what belongs to its end, unless somebody else has
  /// claimed it since.
  ///
  /// @return false if somebody else has
  private boolean end(Predicate<Transaction> toEnd, TaskWork.Recording recording)
      throws InterruptedException {
    failing.acquire();
    try {
      return store.write(transaction -> {
        var ended = toEnd.test(transaction);
        if (ended) {
          recording.record(transaction);
        }
        return ended;
      });
    } finally {
      failing.release();
    }
  }

  private TaskWork work(RunningTask task) {
    return Optional.ofNullable(works.get(task.operation()))
        .orElseThrow(() -> new IllegalStateException("nobody does " + task.operation()));
  }
}

package io.belfry.tasks;

import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.Store;
import io.belfry.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of tasks whose work does not succeed: they are tried again, or undone, rolled back
/// and ended as FAILED. Thread-safe.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /// How many tasks are rolled back at once, so that some connections are left to requests.
  private static final int TRANSACTIONS = 4;

  /// Until a task is tried again that could not reach the database or a hypervisor.
  private static final Duration UNAVAILABLE_PAUSE = Duration.ofSeconds(1);

  private final Store store;
  private final TaskQueue queue;
  private final int attempts;
  private final Semaphore transactions = new Semaphore(TRANSACTIONS);

  /// @param attempts how often a task is tried that ends in a fault of ours
  Failures(Store store, TaskQueue queue, int attempts) {
    this.store = store;
    this.queue = queue;
    this.attempts = attempts;
  }

  /// Whether a fault is that of something out of reach, which comes back by itself.
  static boolean isUnavailable(Throwable fault) {
    return fault instanceof ProblemException problem
        && problem.problem().code().category() == ProblemCode.Category.UNAVAILABLE;
  }

  /// Gives back a task that was interrupted.
  void giveBack(RunningTask task) {
    leave(task, transaction -> queue.giveBack(transaction, task, Duration.ZERO));
  }

  /// A fault of ours or of the world: try again later, and give up only on what is ours.
  void retry(RunningTask task, TaskWork work, RuntimeException fault) throws InterruptedException {
    if (isUnavailable(fault)) {
      LOG.warn("task {} waits for what it needs: {}", task.id(), fault.getMessage());
      leave(task, transaction -> queue.giveBack(transaction, task, UNAVAILABLE_PAUSE));
      return;
    }
    if (task.faults() + 1 < attempts) {
      LOG.warn("task {} ({}) is tried again", task.id(), task.operation(), fault);
      leave(task, transaction -> queue.postpone(transaction, task, pause(task.faults())));
      return;
    }
    LOG.error("task {} ({}) is given up", task.id(), task.operation(), fault);
    takeBack(task, work, Failure.of(new TaskFailedException("INTERNAL", "Internal error", fault)));
  }

  /// Undoes what a task did, ends it as FAILED and takes back what it prepared. Where that goes
  /// wrong it is tried again, and in the end done without.
  void takeBack(RunningTask task, TaskWork work, Failure failure) throws InterruptedException {
    try {
      var left = undo(task, work, failure);
      if (left.isEmpty()
          || !end(
              transaction -> queue.fail(transaction, task, failure),
              left.get().then(transaction -> work.rollBack(transaction, task)))) {
        wasOvertaken(task);
      }
    } catch (RuntimeException e) {
      var faults = task.failure().isEmpty() ? 0 : task.faults();
      if (isUnavailable(e) || faults + 1 < attempts) {
        LOG.warn("task {} ({}) is rolled back later", task.id(), task.operation(), e);
        leave(
            task, transaction -> queue.postponeRollBack(transaction, task, failure, pause(faults)));
        return;
      }
      LOG.error("task {} ({}) can't be rolled back", task.id(), task.operation(), e);
      abandon(task, work, failure, String.valueOf(e.getMessage()));
    }
  }

  /// Undoes what the work of a task did. Until the failure is kept under the task's fence, somebody
  /// else may be acting for it; afterwards nobody does, so whoever undoes late undoes nothing else.
  ///
  /// @return how to record what is left; empty if somebody else has claimed the task since
  private Optional<TaskWork.Recording> undo(RunningTask task, TaskWork work, Failure failure)
      throws InterruptedException {
    var undo = work.undo(task);
    if (undo.isEmpty()) {
      return Optional.of(TaskWork.Recording.NOTHING);
    }
    var mine =
        task.failure().isPresent()
            || store.write(transaction -> queue.giveUp(transaction, task, failure));
    return mine ? Optional.of(undo.get().run()) : Optional.empty();
  }

  /// Somebody else has claimed the task since, and knows what was done here before that. Nothing
  /// was done after it: drivers refuse what comes too late.
  static void wasOvertaken(RunningTask task) {
    LOG.warn("task {} was taken over by another worker; nothing recorded here", task.id());
  }

  /// Ends a task of which something stays, and takes back what it prepared if that is possible.
  private void abandon(RunningTask task, TaskWork work, Failure failure, String reason)
      throws InterruptedException {
    try {
      end(
          transaction -> queue.abandon(transaction, task, failure, reason),
          transaction -> work.rollBack(transaction, task));
    } catch (RuntimeException e) {
      leave(task, transaction -> queue.abandon(transaction, task, failure, reason));
    }
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

  /// Ends a task and writes what belongs to its end, unless somebody else has claimed it since.
  ///
  /// @return false if somebody else has
  private boolean end(Predicate<Transaction> toEnd, TaskWork.Recording recording)
      throws InterruptedException {
    transactions.acquire();
    try {
      return store.write(transaction -> {
        var ended = toEnd.test(transaction);
        if (ended) {
          recording.record(transaction);
        }
        return ended;
      });
    } finally {
      transactions.release();
    }
  }
}

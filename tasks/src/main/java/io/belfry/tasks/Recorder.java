package io.belfry.tasks;

import io.belfry.store.Store;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Ends tasks whose work is done and records what they saw. Those that wait at the same moment
/// share a transaction, so that a busy server needs few of them. Thread-safe.
final class Recorder {
  /// How many transactions record at once: enough to keep the database busy, few enough to leave
  /// connections to requests, and to let some tasks gather.
  private static final int TRANSACTIONS = 2;

  private static final int TASKS_PER_TRANSACTION = 32;

  private final Store store;
  private final TaskQueue queue;
  private final Queue<Ending> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore transactions = new Semaphore(TRANSACTIONS, true);

  Recorder(Store store, TaskQueue queue) {
    this.store = store;
    this.queue = queue;
  }

  /// A task whose work is done, and what comes of it.
  private static final class Ending {
    private final RunningTask task;
    private final Recording recording;
    private final Semaphore told = new Semaphore(0);
    private boolean ours;
    private @Nullable Throwable fault;

    Ending(RunningTask task, Recording recording) {
      this.task = task;
      this.recording = recording;
    }

    void tell(boolean isOurs) {
      ours = isOurs;
      told.release();
    }

    void tell(Throwable newFault) {
      fault = newFault;
      told.release();
    }

    /// Waits until it is recorded, or can't be; whoever records it is at it already.
    boolean outcome() {
      told.acquireUninterruptibly();
      return switch (fault) {
        case null -> ours;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException("only unchecked faults are told", fault);
      };
    }
  }

  /// Ends a task as SUCCESSED.
  ///
  /// @return false if somebody else has claimed it since; then nothing is recorded
  /// @throws RuntimeException what recording throws; then nothing of this task is recorded
  /// @throws InterruptedException before anything is recorded
  boolean succeed(RunningTask task, Recording recording) throws InterruptedException {
    var ending = new Ending(task, recording);
    waiting.add(ending);
    if (isNextHere(ending)) {
      try {
        do {
          record(next());
        } while (waiting.contains(ending));
      } finally {
        transactions.release();
      }
    }
    return ending.outcome();
  }

  /// Waits for a transaction.
  ///
  /// @return whether there is one; else another thread has taken the task into its own
  private boolean isNextHere(Ending ending) throws InterruptedException {
    try {
      transactions.acquire();
    } catch (InterruptedException e) {
      if (waiting.remove(ending)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  private List<Ending> next() {
    var next = new ArrayList<Ending>();
    while (next.size() < TASKS_PER_TRANSACTION) {
      var ending = waiting.poll();
      if (ending == null) {
        break;
      }
      next.add(ending);
    }
    return next;
  }

  private void record(List<Ending> endings) {
    if (endings.isEmpty()) {
      return;
    }
    try {
      var ours = new HashSet<>(recordTogether(endings));
      endings.forEach(ending -> ending.tell(ours.contains(ending.task)));
    } catch (RuntimeException | Error e) {
      if (endings.size() == 1 || Failures.isUnavailable(e)) {
        endings.forEach(ending -> ending.tell(e));
      } else {
        endings.forEach(
            ending -> record(List.of(ending))); // what is wrong with one is not with all
      }
    }
  }

  private List<RunningTask> recordTogether(List<Ending> endings) {
    return store.write(transaction -> {
      var ours = queue.succeed(transaction, endings.stream().map(ending -> ending.task).toList());
      for (var ending : endings) {
        if (ours.contains(ending.task)) {
          transaction.actFor(ending.task.actor());
          ending.recording.record(transaction);
        }
      }
      return ours;
    });
  }
}

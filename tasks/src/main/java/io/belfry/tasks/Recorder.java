package io.belfry.tasks;

import io.belfry.store.Store;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

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

  /// A task whose work is done.
  ///
  /// @param recorded whether it was still ours; fails if it can't be recorded
  private record Ending(
      RunningTask task, Recording recording, CompletableFuture<Boolean> recorded) {}

  /// Ends a task as SUCCESSED.
  ///
  /// @return false if somebody else has claimed it since; then nothing is recorded
  /// @throws RuntimeException what recording throws; then nothing of this task is recorded
  /// @throws InterruptedException before anything is recorded
  boolean succeed(RunningTask task, Recording recording) throws InterruptedException {
    var ending = new Ending(task, recording, new CompletableFuture<>());
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
    return outcome(ending);
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
      endings.forEach(ending -> ending.recorded.complete(ours.contains(ending.task)));
    } catch (RuntimeException | Error e) {
      if (endings.size() == 1 || Failures.isUnavailable(e)) {
        endings.forEach(ending -> ending.recorded.completeExceptionally(e));
      } else {
        endings.forEach(
            ending -> record(List.of(ending))); // what is wrong with one is not with all
      }
    }
  }

  private List<RunningTask> recordTogether(List<Ending> endings) {
    return store.write(transaction -> {
      var ours = queue.succeed(transaction, endings.stream().map(Ending::task).toList());
      for (var ending : endings) {
        if (ours.contains(ending.task)) {
          transaction.actFor(ending.task.actor());
          ending.recording.record(transaction);
        }
      }
      return ours;
    });
  }

  private static boolean outcome(Ending ending) {
    try {
      return ending.recorded.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case null -> throw e;
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        default -> throw e;
      }
    }
  }
}

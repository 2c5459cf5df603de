package io.belfry.tasks;

import io.belfry.store.Transaction;

/// What one operation's tasks do. Thread-safe: many tasks run at once.
public interface TaskWork {

  /// Does the work, with no transaction open. It may be done again after a crash, so everything it
  /// does must bear being done twice.
  ///
  /// @return how to record what was seen
  /// @throws TaskFailedException if it can't be done; the task is rolled back and ends as FAILED
  /// @throws InterruptedException if the server stops; the task goes on elsewhere or later
  Recording act(RunningTask task) throws InterruptedException;

  /// Takes back what the decision prepared: unlocks what was locked, removes what was to be
  /// created.
  void rollBack(Transaction transaction, RunningTask task);

  /// Writes what was seen, in the transaction that finishes the task.
  @FunctionalInterface
  interface Recording {
    void record(Transaction transaction);

    /// This recording and then another.
    default Recording then(Recording next) {
      return transaction -> {
        record(transaction);
        next.record(transaction);
      };
    }
  }
}

package io.belfry.tasks;

import io.belfry.store.Transaction;
import java.util.Optional;

/// What one operation's tasks do. Thread-safe: many tasks run at once.
public interface TaskWork {

  /// Does the work, with no transaction open. It may be done again after a crash, so everything it
  /// does must bear being done twice.
  ///
  /// @return how to record what was seen
  /// @throws TaskFailedException if it can't be done; the task is rolled back and ends as FAILED
  /// @throws InterruptedException if the server stops; the task goes on elsewhere or later
  Recording act(RunningTask task) throws InterruptedException;

  /// How to undo what acting may have done outside the store, where that must not stay once
  /// [#rollBack] has removed what the store knows of it. It runs before that, with no transaction
  /// open, once it is certain that nobody acts for the task any more. It may be done again, also
  /// when acting has done nothing and after the roll-back: the task alone must tell what to undo.
  ///
  /// @return nothing if nothing can be left
  default Optional<Undo> undo(RunningTask task) {
    return Optional.empty();
  }

  /// Takes back what the decision prepared: unlocks what was locked, removes what was to be
  /// created.
  void rollBack(Transaction transaction, RunningTask task);

  /// Undoes what acting did outside the store.
  @FunctionalInterface
  interface Undo {
    /// @return how to record what is left, in the transaction that ends the task, before
    ///   [TaskWork#rollBack]
    /// @throws RuntimeException if it can't be done now; it is tried again, and the task says so if
    ///   it never succeeds
    Recording run() throws InterruptedException;
  }

  /// Writes what was seen, in the transaction that ends the task.
  @FunctionalInterface
  interface Recording {
    /// Records nothing.
    Recording NOTHING = _ -> {};

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

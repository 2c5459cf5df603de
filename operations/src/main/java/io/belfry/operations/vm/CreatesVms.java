package io.belfry.operations.vm;

import io.belfry.operations.Mutation;
import io.belfry.store.Transaction;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.Optional;

/// An operation that creates VMs; [VmCreation] does its tasks.
interface CreatesVms extends Mutation, TaskWork {

  /// What does the tasks.
  VmCreation creation();

  @Override
  default Recording act(RunningTask task) throws InterruptedException {
    return creation().act(task);
  }

  @Override
  default Optional<Undo> undo(RunningTask task) {
    return creation().undo(task);
  }

  @Override
  default void rollBack(Transaction transaction, RunningTask task) {
    creation().rollBack(transaction, task);
  }
}

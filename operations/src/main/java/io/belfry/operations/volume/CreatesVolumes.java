package io.belfry.operations.volume;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An operation that creates a volume for each element of its body.
interface CreatesVolumes extends Mutation, TaskWork {

  /// What does the tasks.
  VolumeCreation creation();

  /// Writes one volume, and prepares its task.
  NewTask prepare(Decision decision, Volumes volumes, Params params);

  @Override
  default List<Decided> decide(Decision decision) {
    var volumes = new Volumes(decision);
    var tasks = new ArrayList<NewTask>();
    for (var params : decision.body().elements()) {
      tasks.add(prepare(decision, volumes, params));
    }
    return decision.queue(tasks);
  }

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

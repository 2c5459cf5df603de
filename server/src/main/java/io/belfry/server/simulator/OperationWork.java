package io.belfry.server.simulator;

import io.belfry.hypervisor.simulator.faults.CurrentOperation;
import io.belfry.store.Transaction;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Work that tells the simulator for which operation it calls, so that fault rules can be about
/// operations. Drivers know nothing of operations, and shall not; so this goes around them.
public record OperationWork(String path, TaskWork work) implements TaskWork {
  /// The same works, each telling.
  public static Map<String, TaskWork> all(Map<String, TaskWork> works) {
    var telling = new TreeMap<String, TaskWork>();
    works.forEach((path, work) -> telling.put(path, new OperationWork(path, work)));
    return telling;
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    return CurrentOperation.during(path, () -> work.act(task));
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    return work.undo(task)
        .map(undo ->
            () ->
                CurrentOperation.during(
                    path,
                    () -> {
                      undo.run();
                      return true;
                    }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    work.rollBack(transaction, task);
  }
}

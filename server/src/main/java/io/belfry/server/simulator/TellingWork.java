package io.belfry.server.simulator;

import io.belfry.datacenter.Claims;
import io.belfry.hypervisor.Fence;
import io.belfry.hypervisor.simulator.faults.CurrentOperation;
import io.belfry.store.Transaction;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskClaim;
import io.belfry.tasks.TaskQueue;
import io.belfry.tasks.TaskWork;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Work that tells the hypervisor for whom it calls: under which claim, so that nothing is done for
/// a worker that has been replaced; and, as fault rules may be about that, for which operation.
/// Drivers know nothing of tasks and operations, and shall not; so this goes around them.
public record TellingWork(String path, TaskWork work) implements TaskWork {
  /// The same works, each telling.
  public static Map<String, TaskWork> all(Map<String, TaskWork> works) {
    var telling = new TreeMap<String, TaskWork>();
    works.forEach((path, work) -> telling.put(path, new TellingWork(path, work)));
    return telling;
  }

  /// Whom the works of a queue call for.
  public static Claims claims(TaskQueue queue) {
    return (transaction, fences) ->
        queue
            .hold(
                transaction,
                fences.stream().map(fence -> new TaskClaim(fence.work(), fence.number())).toList())
            .stream()
            .map(TellingWork::fence)
            .collect(Collectors.toSet());
  }

  private static Fence fence(TaskClaim claim) {
    return new Fence(claim.taskId(), claim.fence());
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    return telling(task, () -> work.act(task));
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    return work.undo(task).map(undo -> () -> telling(task, undo::run));
  }

  private <T> T telling(RunningTask task, ScopedValue.CallableOp<T, InterruptedException> calls)
      throws InterruptedException {
    return fence(task.claim()).during(() -> CurrentOperation.during(path, calls));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    work.rollBack(transaction, task);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries out a [VmChange] on all VMs that a request selects: locks them, refuses busy ones,
/// queues a task for each, and records what the hypervisor shows afterwards.
final class ChangeVms implements Mutation, TaskWork {
  private final Tools tools;
  private final VmChange change;

  ChangeVms(Tools tools, VmChange change) {
    this.tools = tools;
    this.change = change;
  }

  @Override
  public String path() {
    return change.path();
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var vms = change.vms(decision);
    if (vms.isEmpty()) {
      return List.of();
    }
    for (var vm : vms) {
      VmRules.refuseBusy(vm);
      if (!change.reachesRecycleBin()) {
        VmRules.refuseBinned(vm);
      }
    }
    var targets =
        vms.stream().map(vm -> new VmChange.Target(vm, decision.tools().ids().cuid())).toList();
    var payloads = change.prepare(decision, targets, decision.body().object("data"));
    var tasks = new ArrayList<NewTask>(vms.size());
    for (var i = 0; i < targets.size(); i++) {
      tasks.add(task(decision, targets.get(i), payloads.get(i)));
    }
    var ids = vms.stream().map(VmRow::id).toList();
    decision.transaction().update(ids, VmEdit.edit().entityAsyncStatus(change.underWay()));
    return decision.queue(tasks);
  }

  private NewTask task(Decision decision, VmChange.Target target, ObjectNode payload) {
    var vm = target.vm();
    VmTask.identify(payload, vm.id(), new VmId(vm.localId()));
    var subject = decision.subject("Vm", vm.id(), change.mutation(), vm.clusterId());
    return new NewTask(target.taskId(), path(), change.description(vm), subject, payload)
        .in(change.lanes(vm, payload));
  }

  @Override
  public Recording act(RunningTask running) throws InterruptedException {
    var task = new VmTask(tools, running);
    try {
      var done = doneBefore(task);
      var recording = done.isPresent() ? task.recordSeen(done.get()) : change.act(task);
      return recording.then(transaction -> unlock(transaction, task));
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  /// The VM if an earlier attempt has done the work.
  private Optional<VmSeen> doneBefore(VmTask task) throws InterruptedException {
    return task.isAttemptedAgain()
        ? task.driver().observe(task.vm()).filter(seen -> change.isDone(task, seen))
        : Optional.empty();
  }

  /// An attempt may have had its effect before a later one was refused: the VM is shown as it is.
  @Override
  public Optional<Undo> undo(RunningTask running) {
    var task = new VmTask(tools, running);
    return Optional.of(
        Faults.asTaskFailures(() -> {
          change.undo(task);
          return task.recordLeft();
        }));
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask running) {
    var task = new VmTask(tools, running);
    change.rollBack(transaction, task);
    unlock(transaction, task);
  }

  private static void unlock(Transaction transaction, VmTask task) {
    transaction.update(task.rowId(), VmEdit.edit().entityAsyncStatus(null));
  }
}

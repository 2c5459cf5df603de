package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.Lane;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// What is particular to one operation that changes existing VMs, each by a task of its own.
/// [ChangeVms] does what all have in common. Stateless.
interface VmChange {

  /// The operation's path, `start-vm`.
  String path();

  /// The change's name in tasks, `startVm`.
  String mutation();

  /// The VMs that a request is about, locked: all that its `where` selects.
  default List<VmRow> vms(Decision decision) {
    return decision.lock(VmRow.TYPE, decision.body().object("where"));
  }

  /// The task's description.
  LocalizedText description(VmRow vm);

  /// What the VM shows to be under way until the task ends.
  default EntityAsyncStatus underWay() {
    return EntityAsyncStatus.UPDATING;
  }

  /// Whether VMs in the recycle bin can be changed like this.
  default boolean reachesRecycleBin() {
    return false;
  }

  /// Refuses VMs that can't be changed like this now, and prepares the change of the others: writes
  /// what shall show at once and returns, for each VM in order, what its task needs to know.
  ///
  /// @param targets locked, not busy, at least one
  /// @param data the `data` of the request; empty if there was none
  /// @throws io.belfry.problem.ProblemException if a VM must not be changed; then none is
  List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data);

  /// What the task shares with others of which only some may run at once.
  ///
  /// @param payload as [#prepare] returned it
  default List<Lane> lanes(VmRow vm, ObjectNode payload) {
    return List.of();
  }

  /// A VM to change, and the id that its task will have.
  record Target(VmRow vm, String taskId) {}

  /// Makes the hypervisor do it; may be called again after a crash.
  ///
  /// @return how to record it; [VmTask#recordSeen] does for most
  /// @throws io.belfry.hypervisor.HypervisorException if it can't be done
  Recording act(VmTask task) throws InterruptedException;

  /// Whether a VM is as [#act] would make it. Asked before another attempt: an earlier one may have
  /// had its effect though nobody heard of it, and the hypervisor may refuse to do it once more.
  default boolean isDone(VmTask task, VmSeen seen) {
    return false;
  }

  /// Undoes what [#act] may have done in the hypervisor, where that must not stay once [#rollBack]
  /// has removed the rows of it; see [io.belfry.tasks.TaskWork#undo]. What stays is recorded.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException if it can't be done now
  default void undo(VmTask task) throws InterruptedException {}

  /// Takes back what [#prepare] wrote, apart from the lock, which is lifted anyway.
  default void rollBack(Transaction transaction, VmTask task) {}
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;
import java.util.Map;

/// `recover-vm-from-recycle`: takes VMs out of the recycle bin, under the name they had if it is
/// free still. Guide: 从回收站恢复.
final class RecoverVmFromRecycleBin implements VmChange {
  @Override
  public String path() {
    return "recover-vm-from-recycle";
  }

  @Override
  public String mutation() {
    return "recoverVmFromRecycleBin";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Recover VM " + name(vm), "从回收站恢复虚拟机 " + name(vm));
  }

  @Override
  public boolean reachesRecycleBin() {
    return true;
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    for (var target : targets) {
      if (!target.vm().inRecycleBin()) {
        throw new Problem(
                ProblemCode.WRONG_STATE,
                "VM %s is not in the recycle bin".formatted(target.vm().name()),
                Map.of("id", target.vm().id()))
            .asException();
      }
    }
    return Payloads.emptyForEach(targets);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return task.recordSeen(task.observe()).then(transaction -> recover(transaction, task));
  }

  private static void recover(Transaction transaction, VmTask task) {
    var vm = transaction.find(VmRow.TYPE, task.rowId()).orElseThrow();
    var free = VmNames.isFree(transaction, VmRules.cluster(vm), name(vm));
    transaction.update(
        vm.id(),
        VmEdit.edit()
            .inRecycleBin(false)
            .deletedAt(null)
            .originalName(null)
            .name(free ? name(vm) : vm.name()));
  }

  private static String name(VmRow vm) {
    var original = vm.originalName();
    return original == null ? vm.name() : original;
  }
}

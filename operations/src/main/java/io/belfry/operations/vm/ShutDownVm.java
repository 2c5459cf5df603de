package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `shutdown-vm`: asks guests to shut down. Where a guest does not react, the task fails and the VM
/// runs on.
final class ShutDownVm implements VmChange {
  @Override
  public String path() {
    return "shutdown-vm";
  }

  @Override
  public String mutation() {
    return "shutDownVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Shut down VM " + vm.name(), "关闭虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING));
    return Payloads.emptyForEach(targets);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return task.recordSeen(task.driver().shutdown(task.vm(), GuestPatience.TO_SHUT_DOWN))
        .then(transaction -> VmRecords.recordShutdown(transaction, task));
  }
}

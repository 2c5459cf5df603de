package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `poweroff-vm`: pulls the plug.
final class PoweroffVm implements VmChange {
  @Override
  public String path() {
    return "poweroff-vm";
  }

  @Override
  public String mutation() {
    return "poweroffVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Power off VM " + vm.name(), "强制关闭虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target ->
        VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.SUSPENDED, VmStatus.UNKNOWN));
    return Payloads.emptyForEach(targets);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return task.recordSeen(task.driver().powerOff(task.vm()))
        .then(transaction -> VmRecords.recordShutdown(transaction, task));
  }
}

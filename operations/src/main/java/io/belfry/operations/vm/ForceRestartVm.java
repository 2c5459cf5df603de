package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `force-restart-vm`: restarts VMs at once, without asking their guests.
final class ForceRestartVm implements VmChange {
  @Override
  public String path() {
    return "force-restart-vm";
  }

  @Override
  public String mutation() {
    return "forceRestartVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Force restart VM " + vm.name(), "强制重启虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING));
    return Payloads.emptyForEach(targets);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return task.recordSeen(task.driver().reset(task.vm()));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `resume-vm`: lets suspended VMs go on.
final class ResumeVm implements VmChange {
  @Override
  public String path() {
    return "resume-vm";
  }

  @Override
  public String mutation() {
    return "resumeVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Resume VM " + vm.name(), "恢复虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> VmRules.requireStatus(target.vm(), VmStatus.SUSPENDED));
    return Payloads.emptyForEach(targets);
  }

  @Override
  public boolean isDone(VmTask task, VmSeen seen) {
    return seen.power() == PowerState.RUNNING;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return task.recordSeen(task.driver().resume(task.vm()));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmClockOffset;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVideoType;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `update-vm-advanced-options`: changes the CPU model, the clock, the video card and the tuning
/// for Windows of stopped VMs. Hypervisors aren't told of them, as when VMs are created.
final class UpdateVmAdvancedOptions implements VmChange {
  private static final String EDITED = "edited";

  @Override
  public String path() {
    return "update-vm-advanced-options";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Edit VM " + vm.name(), "编辑虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> VmRules.requireStatus(target.vm(), VmStatus.STOPPED));
    return targets.stream()
        .map(_ -> Payloads.empty().<ObjectNode>set(EDITED, data.json()))
        .toList();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var edited = new Params("data", task.payload().path(EDITED));
    var edit = VmEdit.edit();
    edited.optionalFlag("windows_optimize").ifPresent(edit::winOpt);
    edited.optionalText("cpu_model").ifPresent(edit::cpuModel);
    edited.optionalText("clock_offset").map(VmClockOffset::of).ifPresent(edit::clockOffset);
    edited.optionalText("video_type").map(VmVideoType::of).ifPresent(edit::videoType);
    return task.recordSeen(task.observe())
        .then(transaction -> transaction.update(task.rowId(), edit));
  }
}

package io.belfry.operations.vm;

import io.belfry.hypervisor.Device;
import io.belfry.operations.device.Definitions;
import io.belfry.store.rows.VmDiskEdit;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.function.UnaryOperator;

/// Changes CD drives of a VM, in the hypervisor and then in their rows.
final class DriveUpdate {
  private DriveUpdate() {}

  /// @param device the drive as it shall be, from what it is
  /// @param row what changes in its row
  static Recording act(VmTask task, UnaryOperator<Device.CdRom> device, VmDiskEdit row)
      throws InterruptedException {
    var drives =
        task.tools()
            .store()
            .read(transaction -> {
              var definitions = new Definitions(transaction);
              return transaction.find(VmDiskRow.TYPE, NamedDisks.ids(task)).stream()
                  .map(definitions::disk)
                  .map(Device.CdRom.class::cast)
                  .toList();
            });
    for (var drive : drives) {
      task.driver().update(task.vm(), device.apply(drive));
    }
    return task.recordSeen(task.observe())
        .then(transaction -> transaction.update(NamedDisks.ids(task), row));
  }
}

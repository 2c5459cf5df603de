package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HypervisorDriver;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Tools;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// A task that changes one VM, as its work sees it.
record VmTask(Tools tools, RunningTask task) {
  private static final String ROW_ID = "vm_row_id";
  private static final String DRIVER_ID = "vm_driver_id";

  /// Adds to a payload which VM it is about.
  static void identify(ObjectNode payload, String rowId, VmId id) {
    payload.put(ROW_ID, rowId).put(DRIVER_ID, id.value());
  }

  HypervisorDriver driver() {
    return tools.driver();
  }

  JsonNode payload() {
    return task.payload();
  }

  /// Whether somebody has begun with the work before.
  boolean isAttemptedAgain() {
    return task.attempt() > 1;
  }

  /// The VM as the hypervisor shows it now.
  ///
  /// @throws io.belfry.hypervisor.HypervisorException if it doesn't exist
  VmSeen observe() throws InterruptedException {
    return driver().observe(vm()).orElseThrow(() -> new Fault.NotFound(vm()).asException());
  }

  /// How to record what the hypervisor shows of the VM.
  Recording recordSeen(VmSeen seen) {
    return transaction -> VmRecords.record(transaction, rowId(), seen);
  }

  /// How to record what is left of the VM when its task has failed: nothing of one that is gone.
  Recording recordLeft() throws InterruptedException {
    return driver()
        .observe(vm())
        .map(seen ->
            recordSeen(seen)
                .then(
                    transaction -> transaction.update(rowId(), VmRecords.size(seen.definition()))))
        .orElse(Recording.NOTHING);
  }

  /// Unplugs those of these devices that the VM has, if it exists.
  void detach(List<String> devices) throws InterruptedException {
    if (driver().observe(vm()).isPresent()) {
      for (var device : devices) {
        driver().detach(vm(), new DeviceId(device));
      }
    }
  }

  /// Tells how far the work is, from 0 to 1.
  void progress(double fraction) {
    task.progress(fraction);
  }

  /// The VM's id in the store.
  String rowId() {
    return payload().required(ROW_ID).textValue();
  }

  /// The VM's id in the hypervisor.
  VmId vm() {
    return new VmId(payload().required(DRIVER_ID).textValue());
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.DeviceId;
import io.belfry.operations.device.Definitions;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// Takes NICs out of a VM; those behind them move up.
final class NicRemoval {
  private static final String NICS = "nics";
  private static final String DEVICES = "devices";

  private NicRemoval() {}

  static ObjectNode payload(List<VmNicRow> nics) {
    var payload = Payloads.empty();
    Payloads.putAll(payload, NICS, nics.stream().map(VmNicRow::id).toList());
    Payloads.putAll(payload, DEVICES, nics.stream().map(VmNicRow::localId).toList());
    return payload;
  }

  static Recording act(VmTask task) throws InterruptedException {
    for (var device : Payloads.texts(task.payload(), DEVICES)) {
      task.driver().detach(task.vm(), new DeviceId(device));
    }
    return task.recordSeen(task.observe()).then(transaction -> remove(transaction, task));
  }

  private static void remove(Transaction transaction, VmTask task) {
    transaction.delete(VmNicRow.TYPE, Payloads.texts(task.payload(), NICS));
    var order = 0;
    for (var nic : new Definitions(transaction).nics(task.rowId())) {
      transaction.update(nic.id(), VmNicEdit.edit().order(order++));
    }
  }
}

package io.belfry.operations.ha;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Fault;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.Faults;
import io.belfry.operations.vm.VmRecords;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmEdit;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;

/// The task that boots a VM on another host after its own was lost. If that host answers again
/// meanwhile and the VM runs there, nothing is to be done.
public final class RestartLostVm implements TaskWork {
  /// Names the work in the queue; the API has no such operation.
  public static final String PATH = "ha-restart-vm";

  static final String MUTATION = "haRestartVm";

  private final Tools tools;

  public RestartLostVm(Tools tools) {
    this.tools = tools;
  }

  /// What shall be restarted where.
  record Order(String rowId, VmId vm, HostId host) {
    private static final String ROW_ID = "vm_row_id";
    private static final String VM = "vm_driver_id";
    private static final String HOST = "host";

    JsonNode payload(ObjectNode into) {
      return into.put(ROW_ID, rowId).put(VM, vm.value()).put(HOST, host.value());
    }

    static Order of(RunningTask task) {
      var payload = task.payload();
      return new Order(
          payload.required(ROW_ID).textValue(),
          new VmId(payload.required(VM).textValue()),
          new HostId(payload.required(HOST).textValue()));
    }
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    var order = Order.of(task);
    try {
      var seen = restart(order);
      return transaction -> {
        VmRecords.record(transaction, order.rowId, seen);
        unlock(transaction, order);
        transaction.execute("DELETE FROM belfry.lost_vm WHERE vm_id = ?", List.of(order.rowId));
      };
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
  }

  private VmSeen restart(Order order) throws InterruptedException {
    var seen =
        tools
            .driver()
            .observe(order.vm)
            .orElseThrow(() -> new Fault.NotFound(order.vm).asException());
    return seen.power() == PowerState.RUNNING || seen.power() == PowerState.SUSPENDED
        ? seen
        : tools.driver().start(order.vm, order.host);
  }

  /// The VM stays lost, and is tried again: after a second, two, four, … at most five minutes.
  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    var order = Order.of(task);
    unlock(transaction, order);
    transaction.execute(
        """
        UPDATE belfry.lost_vm
        SET failures = failures + 1,
            due_at = now() + least(300, 2 ^ least(failures, 9)) * INTERVAL '1 second'
        WHERE vm_id = ?
        """,
        List.of(order.rowId));
  }

  private static void unlock(Transaction transaction, Order order) {
    transaction.update(order.rowId, VmEdit.edit().entityAsyncStatus(null));
  }
}

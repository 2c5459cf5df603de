package io.belfry.operations.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.SnapshotRows;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmSnapshotEdit;
import io.belfry.store.rows.VmSnapshotRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `delete-vm-snapshot`: removes snapshots of VMs with the LUN snapshots that hold their content.
/// VMs and volumes that were made of them stay.
public final class DeleteVmSnapshot implements Mutation, TaskWork {
  private static final String SNAPSHOT = "snapshot";

  private final Tools tools;

  public DeleteVmSnapshot(Tools tools) {
    this.tools = tools;
  }

  @Override
  public String path() {
    return "delete-vm-snapshot";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var snapshots = decision.lock(VmSnapshotRow.TYPE, decision.body().object("where"));
    for (var snapshot : snapshots) {
      Busy.refuse("VM_SNAPSHOT", snapshot.id(), snapshot.entityAsyncStatus());
    }
    decision
        .transaction()
        .update(
            snapshots.stream().map(VmSnapshotRow::id).toList(),
            VmSnapshotEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    var tasks = snapshots.stream().map(snapshot -> task(decision, snapshot)).toList();
    return decision.queue(tasks);
  }

  private NewTask task(Decision decision, VmSnapshotRow snapshot) {
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Delete VM snapshot " + snapshot.name(), "删除虚拟机快照 " + snapshot.name()),
        decision.subject("VmSnapshot", snapshot.id(), "deleteVmSnapshot", snapshot.clusterId()),
        JsonNodeFactory.instance.objectNode().put(SNAPSHOT, snapshot.id()));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    var luns = lunSnapshots(task);
    try {
      for (var lun : luns) {
        tools.driver().deleteSnapshot(new SnapshotId(lun.localId()));
      }
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> {
      remove(transaction, luns);
      transaction.delete(VmSnapshotRow.TYPE, List.of(id(task)));
    };
  }

  /// Some LUN snapshots may be gone when another can't be deleted; the store forgets those.
  @Override
  public Optional<Undo> undo(RunningTask task) {
    return Optional.of(
        Faults.asTaskFailures(() -> {
          var gone = new ArrayList<IscsiLunSnapshotRow>();
          for (var lun : lunSnapshots(task)) {
            if (tools.driver().observeSnapshot(new SnapshotId(lun.localId())).isEmpty()) {
              gone.add(lun);
            }
          }
          return transaction -> remove(transaction, gone);
        }));
  }

  private List<IscsiLunSnapshotRow> lunSnapshots(RunningTask task) {
    return tools.store().read(transaction -> SnapshotRows.ofLuns(transaction, List.of(id(task))));
  }

  private static void remove(Transaction transaction, List<IscsiLunSnapshotRow> luns) {
    transaction.delete(
        IscsiLunSnapshotRow.TYPE, luns.stream().map(IscsiLunSnapshotRow::id).toList());
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.update(id(task), VmSnapshotEdit.edit().entityAsyncStatus(null));
  }

  private static String id(RunningTask task) {
    return task.payload().required(SNAPSHOT).textValue();
  }
}

package io.belfry.operations.vm;

import io.belfry.operations.Tools;
import io.belfry.store.Transaction;
import io.belfry.store.job.RecurringJob;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.TaskQueue;
import java.time.Duration;
import java.util.List;

/// Removes VMs for good that have been in the recycle bin for as many days as settings say: those
/// of the cluster, else those of the tower. 0 days keep them until somebody removes them.
///
/// Every server of a database has one. Each purge is one transaction that locks what it removes and
/// looks again, so none removes a VM that another removes, or that has just been recovered.
public final class RecycleBinPurge {
  /// How long the removal may be late.
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /// How many VMs are removed at a time, so that others have their turn.
  private static final int LIMIT = 100;

  private final Tools tools;
  private final TaskQueue queue;

  /// A purge that happens only when it is asked for, by [#run].
  public RecycleBinPurge(Tools tools, TaskQueue queue) {
    this.tools = tools;
    this.queue = queue;
  }

  /// A purge at work, on a thread of its own.
  public static RecurringJob start(Tools tools, TaskQueue queue) {
    return RecurringJob.start(
        "purging the recycle bin", PAUSE, new RecycleBinPurge(tools, queue)::run);
  }

  /// Queues a task for each VM whose time is over.
  public void run() {
    tools
        .store()
        .change(transaction -> {
          var vms =
              transaction.lock(VmRow.TYPE, due(transaction)).stream()
                  .filter(vm -> vm.inRecycleBin() && vm.entityAsyncStatus() == null)
                  .toList();
          transaction.update(
              vms.stream().map(VmRow::id).toList(),
              VmEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
          queue.add(transaction, vms.stream().map(vm -> task(transaction, vm)).toList());
        });
  }

  private List<String> due(Transaction transaction) {
    return transaction.query(
        """
        WITH bin AS (
          SELECT vm.id, vm.deleted_at, (coalesce(
              (SELECT own.vm_recycle_bin
               FROM tower.cluster_settings AS own
               WHERE own.cluster_id = vm.cluster_id),
              (SELECT vm_recycle_bin FROM tower.global_settings ORDER BY id LIMIT 1))
            ->> 'retain')::integer AS retain
          FROM tower.vm
          WHERE vm.in_recycle_bin AND vm."entityAsyncStatus" IS NULL)
        SELECT id
        FROM bin
        WHERE retain > 0 AND deleted_at < ? - retain * INTERVAL '1 day'
        ORDER BY deleted_at, id
        LIMIT ?
        """,
        List.of(tools.clock().instant(), LIMIT),
        row -> row.text(1));
  }

  private NewTask task(Transaction transaction, VmRow vm) {
    var delete = new DeleteVm();
    return new NewTask(
        tools.ids().cuid(),
        delete.path(),
        delete.description(vm),
        new NewTask.Subject("Vm", vm.id(), delete.mutation(), vm.clusterId(), null),
        DeleteVm.payload(transaction, vm, false));
  }
}

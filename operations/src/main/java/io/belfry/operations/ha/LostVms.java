package io.belfry.operations.ha;

import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.VmRecords;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Shows VMs whose hosts are lost as UNKNOWN, remembers those that shall run elsewhere, and shows
/// what is seen of them when their hosts answer again. Leaves VMs alone that a task is changing:
/// their turn comes when it has ended.
final class LostVms {
  private static final int LIMIT = 500;

  private final Tools tools;

  /// Where the next search goes on.
  private String lastFound = "";

  LostVms(Tools tools) {
    this.tools = tools;
  }

  /// VMs that ran or were suspended on hosts that are lost now.
  void lose() {
    tools.store().change(LostVms::lose);
  }

  /// The host's row is locked too, lest it be found at the same moment.
  private static void lose(Transaction transaction) {
    var lost =
        transaction.query(
            """
            SELECT vm.id
            FROM tower.host
            JOIN tower.vm ON vm.host_id = host.id
            WHERE host.status = 'CONNECTED_ERROR'
              AND vm.status IN ('RUNNING', 'SUSPENDED')
              AND vm."entityAsyncStatus" IS NULL
            ORDER BY vm.id
            FOR NO KEY UPDATE OF vm
            FOR SHARE OF host
            """,
            List.of(),
            row -> row.text(1));
    if (lost.isEmpty()) {
      return;
    }
    transaction.execute(
        """
        INSERT INTO belfry.lost_vm (vm_id)
        SELECT id
        FROM tower.vm
        WHERE id = ANY (?)
          AND status = 'RUNNING'
          AND ha
        ON CONFLICT (vm_id) DO UPDATE SET failures = 0, due_at = now()
        """,
        List.of(lost));
    transaction.update(lost, VmEdit.edit().status(VmStatus.UNKNOWN));
  }

  /// VMs of hosts that answer again, and what they do.
  void find() throws InterruptedException {
    forgetFound();
    var unknown = unknown();
    lastFound = unknown.size() < LIMIT ? "" : unknown.getLast().id;
    var seen = new TreeMap<String, VmSeen>();
    for (var vm : unknown) {
      tools
          .driver()
          .observe(vm.driverId)
          .filter(each -> each.power() != PowerState.UNKNOWN)
          .ifPresent(each -> seen.put(vm.id, each));
    }
    if (!seen.isEmpty()) {
      tools.store().change(transaction -> record(transaction, seen));
    }
  }

  /// A VM, by its id in the store and on its cluster.
  private record Unknown(String id, VmId driverId) {}

  private List<Unknown> unknown() {
    return tools
        .store()
        .read(transaction ->
            transaction.query(
                """
                SELECT vm.id, vm.local_id
                FROM tower.vm
                JOIN tower.host ON host.id = vm.host_id
                WHERE vm.status = 'UNKNOWN'
                  AND vm."entityAsyncStatus" IS NULL
                  AND host.status <> 'CONNECTED_ERROR'
                  AND vm.id > ?
                ORDER BY vm.id
                LIMIT %s
                """
                    .formatted(LIMIT),
                List.of(lastFound),
                row -> new Unknown(row.text(1), new VmId(row.text(2)))));
  }

  private static void record(Transaction transaction, Map<String, VmSeen> seen) {
    for (var vm : transaction.lock(VmRow.TYPE, seen.keySet())) {
      if (vm.status() == VmStatus.UNKNOWN && vm.entityAsyncStatus() == null) {
        VmRecords.record(transaction, vm.id(), Objects.requireNonNull(seen.get(vm.id())));
      }
    }
  }

  /// Nothing is to be restarted that is gone, or whose host answers.
  private void forgetFound() {
    tools
        .store()
        .change(transaction ->
            transaction.execute(
                """
                DELETE FROM belfry.lost_vm AS lost
                WHERE NOT EXISTS (
                  SELECT
                  FROM tower.vm
                  JOIN tower.host ON host.id = vm.host_id
                  WHERE vm.id = lost.vm_id
                    AND NOT vm.in_recycle_bin
                    AND host.status = 'CONNECTED_ERROR')
                """,
                List.of()));
  }
}

package io.belfry.operations.ha;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.VmId;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.Placement;
import io.belfry.operations.vm.Placements;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.TaskQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Queues the restarts of lost VMs: those of the highest priority first, each where there is room.
/// What finds no room is tried again.
final class Restarts {
  private static final int LIMIT = 1_000;

  private final Tools tools;
  private final TaskQueue queue;

  Restarts(Tools tools, TaskQueue queue) {
    this.tools = tools;
    this.queue = queue;
  }

  /// Queues what can be restarted now, cluster by cluster.
  void queue() {
    var waiting = waiting();
    waiting.forEach(
        (cluster, vms) -> tools.store().change(transaction -> queue(transaction, cluster, vms)));
  }

  /// The lost VMs of each cluster, in the order in which they get room.
  private Map<String, Set<String>> waiting() {
    var byCluster = new TreeMap<String, Set<String>>();
    tools
        .store()
        .query(
            """
            SELECT host.cluster_id, vm.id
            FROM belfry.lost_vm AS lost
            JOIN tower.vm ON vm.id = lost.vm_id
            JOIN tower.host ON host.id = vm.host_id
            WHERE lost.due_at <= now()
              AND vm.ha
              AND vm.status = 'UNKNOWN'
              AND vm."entityAsyncStatus" IS NULL
              AND NOT vm.in_recycle_bin
              AND host.status = 'CONNECTED_ERROR'
            ORDER BY coalesce(vm.ha_priority, 'LEVEL_2_MEDIUM') DESC, vm.id
            LIMIT %s
            """
                .formatted(LIMIT),
            List.of(),
            row ->
                byCluster
                    .computeIfAbsent(row.text(1), _ -> new LinkedHashSet<>())
                    .add(row.text(2)));
    return byCluster;
  }

  /// VMs are locked before the placement, as all decisions do.
  private void queue(Transaction transaction, String cluster, Set<String> ids) {
    var locked =
        transaction.lock(VmRow.TYPE, ids).stream()
            .filter(vm -> vm.status() == VmStatus.UNKNOWN && vm.entityAsyncStatus() == null)
            .collect(Collectors.toMap(VmRow::id, vm -> vm, (one, _) -> one, LinkedHashMap::new));
    if (locked.isEmpty()) {
      return;
    }
    var placements = new Placements(transaction);
    var tasks = new ArrayList<NewTask>();
    var without = new ArrayList<String>();
    for (var id : ids) {
      var vm = locked.get(id);
      if (vm != null) {
        place(placements.in(cluster), vm).ifPresentOrElse(tasks::add, () -> without.add(id));
      }
    }
    placements.keepPromises();
    var restarted = tasks.stream().map(task -> task.subject().resourceId()).toList();
    transaction.update(restarted, VmEdit.edit().entityAsyncStatus(EntityAsyncStatus.UPDATING));
    queue.add(transaction, tasks);
    postpone(transaction, without);
  }

  private Optional<NewTask> place(Placement placement, VmRow vm) {
    var wanted =
        new Placement.Wanted(vm.id(), vm.memory(), null, host -> !host.id().equals(vm.hostId()));
    var place = placement.find(wanted);
    if (!(place instanceof Placement.Place.On(var host))) {
      return Optional.empty();
    }
    var taskId = tools.ids().cuid();
    placement.promise(taskId, wanted, place);
    return Optional.of(task(taskId, vm, host));
  }

  private static NewTask task(String id, VmRow vm, HostRow host) {
    var restart =
        new RestartLostVm.Order(vm.id(), new VmId(vm.localId()), new HostId(host.localId()));
    return new NewTask(
        id,
        RestartLostVm.PATH,
        new LocalizedText(
            "HA: restart VM %s on host %s".formatted(vm.name(), host.name()),
            "高可用：在主机 %s 上重启虚拟机 %s".formatted(host.name(), vm.name())),
        new NewTask.Subject("Vm", vm.id(), RestartLostVm.MUTATION, vm.clusterId(), null),
        restart.payload(JsonNodeFactory.instance.objectNode()));
  }

  /// Lets others have their turn, should there be very many.
  private static void postpone(Transaction transaction, List<String> ids) {
    if (!ids.isEmpty()) {
      transaction.execute(
          """
          UPDATE belfry.lost_vm
          SET due_at = now() + INTERVAL '1 second'
          WHERE vm_id = ANY (?)
          """,
          List.of(ids));
    }
  }
}

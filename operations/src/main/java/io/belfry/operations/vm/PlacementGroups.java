package io.belfry.operations.vm;

import io.belfry.store.Transaction;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmVmPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the placement groups of one cluster want of the hosts of its VMs. VMs that run, are
/// suspended or are about to run count; those that are stopped or lost don't.
final class PlacementGroups {
  private final List<Group> groups;
  private final Map<String, Set<String>> hostsByVm;

  private PlacementGroups(List<Group> groups, Map<String, Set<String>> hostsByVm) {
    this.groups = groups;
    this.hostsByVm = hostsByVm;
  }

  /// A group that is heeded.
  ///
  /// @param together how its VMs are placed among each other; null for anyhow
  private record Group(
      String id, Set<String> vms, @Nullable VmVmPolicy together, Hosts must, Hosts prefer) {}

  /// Hosts to place VMs on, or to keep them off.
  ///
  /// @param on null if that is not heeded
  private record Hosts(@Nullable Boolean on, Set<String> ids) {
    boolean allow(HostRow host) {
      return on == null || ids.contains(host.id()) == on;
    }
  }

  /// The groups that are heeded, and where their VMs are.
  static PlacementGroups inCluster(Transaction transaction, String clusterId) {
    var groups = groups(transaction, clusterId);
    var hostsByVm = new HashMap<String, Set<String>>();
    var members = new HashSet<String>();
    groups.stream()
        .filter(group -> group.together != null)
        .forEach(group -> members.addAll(group.vms));
    if (!members.isEmpty()) {
      readHosts(transaction, members, hostsByVm);
    }
    return new PlacementGroups(groups, hostsByVm);
  }

  private static List<Group> groups(Transaction transaction, String clusterId) {
    return transaction.query(
        """
        SELECT placed.id,
               ARRAY(SELECT from_id FROM tower.vm__vm_placement_group WHERE to_id = placed.id),
               CASE WHEN placed.vm_vm_policy_enabled THEN placed.vm_vm_policy END,
               CASE WHEN placed.vm_host_must_enabled THEN placed.vm_host_must_policy::text END,
               ARRAY(SELECT to_id
                     FROM tower.vm_placement_group__vm_host_must_host_uuids
                     WHERE from_id = placed.id),
               CASE WHEN placed.vm_host_prefer_enabled
                    THEN placed.vm_host_prefer_policy::text END,
               ARRAY(SELECT to_id
                     FROM tower.vm_placement_group__vm_host_prefer_host_uuids
                     WHERE from_id = placed.id)
        FROM tower.vm_placement_group AS placed
        WHERE placed.cluster_id = ? AND placed.enabled
        ORDER BY placed.id
        """,
        List.of(clusterId),
        row -> {
          var together = row.textOrNull(3);
          return new Group(
              row.text(1),
              new HashSet<>(row.texts(2)),
              together == null ? null : VmVmPolicy.of(together),
              hosts(row.textOrNull(4), row.texts(5)),
              hosts(row.textOrNull(6), row.texts(7)));
        });
  }

  private static Hosts hosts(@Nullable String on, List<String> ids) {
    return new Hosts(on == null ? null : Boolean.valueOf(on), Set.copyOf(ids));
  }

  /// Where VMs are, and where tasks are about to bring them.
  private static void readHosts(
      Transaction transaction, Set<String> vms, Map<String, Set<String>> into) {
    transaction.query(
        """
        SELECT id, host_id
        FROM tower.vm
        WHERE id = ANY (?) AND host_id IS NOT NULL AND status IN ('RUNNING', 'SUSPENDED')
        UNION
        SELECT task.resource_id, reservation.host_id
        FROM belfry.memory_reservation AS reservation
          JOIN tower.task AS task ON task.id = reservation.task_id
        WHERE task.resource_id = ANY (?)
        """,
        List.of(vms, vms),
        row -> into.computeIfAbsent(row.text(1), _ -> new HashSet<>()).add(row.text(2)));
  }

  /// Takes a VM that is being created for a member of these groups.
  void join(String vmId, List<String> groupIds) {
    groups.stream()
        .filter(group -> groupIds.contains(group.id))
        .forEach(group -> group.vms.add(vmId));
  }

  /// Takes note of a VM that is about to run on a host.
  void place(String vmId, HostRow host) {
    hostsByVm.computeIfAbsent(vmId, _ -> new HashSet<>()).add(host.id());
  }

  /// Which hosts the groups of a VM allow.
  Predicate<HostRow> allow(String vmId) {
    var own = own(vmId);
    return host -> own.stream().allMatch(group -> allows(group, vmId, host));
  }

  private boolean allows(Group group, String vmId, HostRow host) {
    if (!group.must.allow(host)) {
      return false;
    }
    var others = others(group, vmId);
    return switch (group.together) {
      case MUST_DIFFERENT -> !others.contains(host.id());
      case MUST_SAME -> others.isEmpty() || others.contains(host.id());
      case PREFER_DIFFERENT, PREFER_SAME -> true;
      case null -> true;
    };
  }

  /// How many wishes of a VM's groups a host would not fulfil.
  int unfulfilled(String vmId, HostRow host) {
    return own(vmId).stream().mapToInt(group -> unfulfilled(group, vmId, host)).sum();
  }

  private int unfulfilled(Group group, String vmId, HostRow host) {
    var others = others(group, vmId);
    var isAsWished =
        switch (group.together) {
          case PREFER_DIFFERENT -> !others.contains(host.id());
          case PREFER_SAME -> others.isEmpty() || others.contains(host.id());
          case MUST_DIFFERENT, MUST_SAME -> true;
          case null -> true;
        };
    return (isAsWished ? 0 : 1) + (group.prefer.allow(host) ? 0 : 1);
  }

  private List<Group> own(String vmId) {
    return groups.stream().filter(group -> group.vms.contains(vmId)).toList();
  }

  /// The hosts of a group's other VMs.
  private Set<String> others(Group group, String vmId) {
    var hosts = new HashSet<String>();
    group.vms.stream()
        .filter(vm -> !vm.equals(vmId))
        .forEach(vm -> hosts.addAll(hostsByVm.getOrDefault(vm, Set.of())));
    return hosts;
  }
}

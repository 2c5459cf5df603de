package io.belfry.reliability.invariant;

import java.util.ArrayList;
import java.util.List;

/// All invariants.
public final class Invariants {

  /// Those that look at one snapshot and need to know no other.
  private static final List<Invariant> IN_ONE_SNAPSHOT =
      List.of(
          new LocksHaveTasks(),
          HypervisorInvariants.NOTHING_UNKNOWN,
          HypervisorInvariants.SAME_VMS,
          new RowInvariant(
              "no queue entry without an unfinished task",
              """
              SELECT 'queue entry ' || queued.task_id || ' (' || queued.operation || '): task is '
                || coalesce(task.status, 'missing')
              FROM belfry.task_queue AS queued
                LEFT JOIN tower.task AS task ON task.id = queued.task_id
              WHERE task.status IS NULL
                OR task.status NOT IN ('PENDING', 'EXECUTING')
              """),
          new RowInvariant(
              "no unfinished task without a queue entry",
              """
              SELECT 'task ' || task.id || ' (' || task.resource_mutation || ') is ' || task.status
              FROM tower.task AS task
              WHERE task.status NOT IN ('SUCCESSED', 'FAILED')
                AND NOT EXISTS (
                  SELECT 1 FROM belfry.task_queue AS queued WHERE queued.task_id = task.id)
              """),
          new RowInvariant(
              "a task whose worker is silent is taken over",
              """
              SELECT 'task ' || task_id || ' (' || operation || '), lease of ' || lease_owner
                || ' until ' || lease_until
              FROM belfry.task_queue
              WHERE lease_until < now() - INTERVAL '3 minutes'
                AND lanes = '{}'
              """),
          placeholders("vm"),
          placeholders("vm_snapshot"),
          new RowInvariant(
              "memory is reserved for living tasks only",
              """
              SELECT 'reservation of ' || bytes || ' bytes for task ' || task_id
              FROM belfry.memory_reservation AS reservation
              WHERE NOT EXISTS (
                SELECT 1
                FROM belfry.task_queue AS queued
                WHERE queued.task_id = reservation.task_id)
              """),
          new RowInvariant(
              "hosts hold no more memory than they have",
              """
              SELECT 'host ' || host.id || ': ' || sum(vm.memory) || ' bytes on '
                || host.total_memory_bytes - host.os_memory_bytes
              FROM tower.host AS host
                JOIN tower.vm AS vm ON vm.host_id = host.id
              WHERE vm.status IN ('RUNNING', 'SUSPENDED')
              GROUP BY host.id
              HAVING sum(vm.memory) > host.total_memory_bytes - host.os_memory_bytes
              """),
          new RowInvariant(
              "MAC addresses are unique",
              """
              SELECT mac_address || ' is that of NICs ' || string_agg(id, ', ')
              FROM tower.vm_nic
              GROUP BY mac_address
              HAVING count(*) > 1
              """),
          new RowInvariant(
              "names of VMs are unique in a cluster, outside the recycle bin",
              """
              SELECT name || ' is that of VMs ' || string_agg(id, ', ')
              FROM tower.vm
              WHERE NOT in_recycle_bin
              GROUP BY cluster_id, name
              HAVING count(*) > 1
              """),
          new RowInvariant(
              "disks and NICs belong to VMs that exist",
              """
              SELECT 'disk ' || disk.id || ' of VM ' || disk.vm_id
              FROM tower.vm_disk AS disk
              WHERE NOT EXISTS (SELECT 1 FROM tower.vm WHERE vm.id = disk.vm_id)
              UNION ALL
              SELECT 'NIC ' || nic.id || ' of VM ' || nic.vm_id
              FROM tower.vm_nic AS nic
              WHERE NOT EXISTS (SELECT 1 FROM tower.vm WHERE vm.id = nic.vm_id)
              """),
          new RowInvariant(
              "disks have volumes that exist, CD drives none",
              """
              SELECT 'disk ' || disk.id || ' (' || disk.type || '): volume '
                || coalesce(disk.vm_volume_id, 'none')
              FROM tower.vm_disk AS disk
                LEFT JOIN tower.vm_volume AS volume ON volume.id = disk.vm_volume_id
              WHERE (disk.type = 'DISK') = (volume.id IS NULL)
              """),
          new RowInvariant(
              "a volume that is not shared has one disk at most",
              """
              SELECT 'volume ' || volume.id || ' has disks ' || string_agg(disk.id, ', ')
              FROM tower.vm_volume AS volume
                JOIN tower.vm_disk AS disk ON disk.vm_volume_id = volume.id
              WHERE NOT volume.sharing
              GROUP BY volume.id
              HAVING count(*) > 1
              """),
          new RowInvariant(
              "a LUN holds one volume, and a target's LUNs have numbers of their own",
              """
              SELECT 'LUN ' || lun_id || ' holds volumes ' || string_agg(id, ', ')
              FROM tower.vm_volume
              WHERE lun_id IS NOT NULL
              GROUP BY lun_id
              HAVING count(*) > 1
              UNION ALL
              SELECT 'number ' || lun_id || ' of target ' || iscsi_target_id || ' is that of '
                || string_agg(id, ', ')
              FROM tower.iscsi_lun
              GROUP BY iscsi_target_id, lun_id
              HAVING count(*) > 1
              """),
          new RowInvariant(
              "slots of disks are used once in a VM",
              """
              SELECT 'slot ' || key || ' of VM ' || vm_id || ' holds ' || string_agg(id, ', ')
              FROM tower.vm_disk
              WHERE key IS NOT NULL
              GROUP BY vm_id, key
              HAVING count(*) > 1
              """),
          new RowInvariant(
              "failed tasks say why, and what was rolled back",
              """
              SELECT 'task ' || id || ' (' || resource_mutation || ')'
              FROM tower.task
              WHERE status = 'FAILED'
                AND resource_mutation IS NOT NULL
                AND (coalesce(error_message, '') = ''
                  OR resource_rollbacked IS NULL
                  OR resource_rollback_retry_count IS NULL
                  OR finished_at IS NULL)
              """),
          new RowInvariant(
              "tasks that succeeded are complete",
              """
              SELECT 'task ' || id || ' (' || resource_mutation || '): progress ' || progress
              FROM tower.task
              WHERE status = 'SUCCESSED'
                AND (progress <> 1 OR finished_at IS NULL OR coalesce(error_message, '') <> '')
              """));

  /// Those that hold when nothing changes.
  public static final List<Invariant> AT_REST =
      List.of(
          new RowInvariant(
              "NICs of a VM are numbered from 0",
              """
              SELECT 'VM ' || vm_id || ': NICs ' || string_agg("order"::text, ', ')
              FROM tower.vm_nic
              GROUP BY vm_id
              HAVING min("order") <> 0
                OR max("order") <> count(*) - 1
                OR count(DISTINCT "order") <> count(*)
              """),
          new RowInvariant("every task has ended", "SELECT task_id FROM belfry.task_queue"),
          new CountersEqualRecount());

  private Invariants() {}

  /// Those that hold at every instant, under load too, for one run: some go on from what they have
  /// seen before. The first look should be before the load begins.
  public static List<Invariant> always() {
    var all = new ArrayList<>(IN_ONE_SNAPSHOT);
    all.add(new LogReplays());
    return List.copyOf(all);
  }

  private static Invariant placeholders(String table) {
    return new RowInvariant(
        "no placeholder of a %s without a living task".formatted(table),
        """
        SELECT '%1$s ' || made.id || ' has local_id ' || made.local_id
        FROM tower.%1$s AS made
        WHERE made.local_id LIKE 'placeholder-%%'
          AND NOT EXISTS (
            SELECT 1
            FROM belfry.task_queue AS living
            WHERE strpos(living.payload::text, '"' || made.id || '"') > 0)
        """
            .formatted(table));
  }
}

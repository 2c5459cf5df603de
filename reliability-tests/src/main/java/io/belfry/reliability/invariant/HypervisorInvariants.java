package io.belfry.reliability.invariant;

/// What the simulated hypervisor has, which it keeps in `belfry.simulator_object`, and what the
/// store says that it has. Something done twice shows here though no row does. What a living task
/// is about may differ until its end.
final class HypervisorInvariants {

  static final Invariant NOTHING_UNKNOWN =
      new RowInvariant(
          "the hypervisor has nothing that the store doesn't know",
          """
          SELECT object.kind || ' ' || object.id || ': ' || object.state
          FROM belfry.simulator_object AS object
          WHERE object.state IS NOT NULL
            AND CASE object.kind
              WHEN 'VM' THEN
                NOT EXISTS (SELECT FROM tower.vm WHERE local_id = object.id)
              WHEN 'VOLUME' THEN
                NOT EXISTS (SELECT FROM tower.vm_volume WHERE local_id = object.id)
                AND NOT EXISTS (SELECT FROM tower.iscsi_lun WHERE zbs_volume_id = object.id)
                AND NOT EXISTS (
                  SELECT FROM tower.vm_template WHERE strpos(vm_disks::text, object.id) > 0)
              WHEN 'SNAPSHOT' THEN
                NOT EXISTS (SELECT FROM tower.iscsi_lun_snapshot WHERE local_id = object.id)
                AND NOT EXISTS (SELECT FROM tower.vm_volume_snapshot WHERE local_id = object.id)
                AND NOT EXISTS (
                  SELECT FROM tower.vm_template WHERE strpos(vm_disks::text, object.id) > 0)
              ELSE false
            END
            AND NOT EXISTS (
              SELECT
              FROM belfry.task_queue AS living
              WHERE strpos(living.payload::text, '"' || object.id || '"') > 0)
          """);

  static final Invariant SAME_VMS =
      new RowInvariant(
          "VMs are in the hypervisor as they are in the store",
          """
          WITH shown AS (
            SELECT object.id, vm.id AS row_id,
                   jsonb_build_object(
                     'power', object.state -> 'power',
                     'memory', object.state #> '{definition,memoryBytes}',
                     'devices', (
                       SELECT coalesce(jsonb_agg(device ->> 'id' ORDER BY device ->> 'id'), '[]')
                       FROM jsonb_array_elements(object.state #> '{definition,devices}') AS device
                     )) AS there,
                   jsonb_build_object(
                     'power', vm.status,
                     'memory', vm.memory,
                     'devices', (
                       SELECT coalesce(jsonb_agg(device.id ORDER BY device.id), '[]')
                       FROM (
                         SELECT id FROM tower.vm_disk WHERE vm_id = vm.id
                         UNION ALL
                         SELECT local_id FROM tower.vm_nic WHERE vm_id = vm.id) AS device
                     )) AS here
            FROM tower.vm
              JOIN belfry.simulator_object AS object ON object.id = vm.local_id
            WHERE object.kind = 'VM')
          SELECT 'VM ' || row_id || ' (' || id || ') is there as ' || there || ', here as ' || here
          FROM shown
          WHERE there IS DISTINCT FROM here
            AND NOT EXISTS (
              SELECT
              FROM belfry.task_queue AS living
              WHERE strpos(living.payload::text, '"' || row_id || '"') > 0)
          """);

  private HypervisorInvariants() {}
}

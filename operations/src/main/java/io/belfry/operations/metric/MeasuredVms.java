package io.belfry.operations.metric;

import io.belfry.operations.metric.Measured.Capacity;
import io.belfry.store.Transaction;
import java.util.List;

/// VMs, and what is plugged into them.
final class MeasuredVms {
  private MeasuredVms() {}

  static List<Measured> vms(Transaction transaction, List<String> ids) {
    var machines = Meters.machines(transaction, "vm.id", ids);
    var disks = Meters.disks(transaction, "vm.id", ids);
    return transaction.query(
        """
        SELECT vm.id, vm.local_id, vm.name, host.local_id, cluster.local_id, vm.memory,
          vm.vcpu * host.cpu_hz_per_core
        FROM tower.vm
        JOIN tower.cluster ON cluster.id = vm.cluster_id
        LEFT JOIN tower.host ON host.id = vm.host_id
        WHERE vm.id = ANY (?)
        ORDER BY vm.id
        """,
        List.of(ids),
        row ->
            new Measured(
                new Labels()
                    .with("_vm", row.text(2))
                    .with("name", row.text(3))
                    .with("_host", row.textOrNull(4))
                    .with("_cluster", row.textOrNull(5))
                    .asMap(),
                new Capacity(row.longValue(7), row.longValue(6), 0),
                machines.getOrDefault(row.text(1), List.of()),
                disks.getOrDefault(row.text(1), List.of()),
                List.of()));
  }

  static List<Measured> nics(Transaction transaction, List<String> ids) {
    var meters = Meters.nics(transaction, ids);
    return transaction.query(
        """
        SELECT vm_nic.id, vm.local_id, vm.name, host.local_id, cluster.local_id,
          vm_nic.mac_address, vm_nic.local_id, vlan.name
        FROM tower.vm_nic
        JOIN tower.vm ON vm.id = vm_nic.vm_id
        JOIN tower.cluster ON cluster.id = vm.cluster_id
        LEFT JOIN tower.host ON host.id = vm.host_id
        LEFT JOIN tower.vlan ON vlan.id = vm_nic.vlan_id
        WHERE vm_nic.id = ANY (?)
        ORDER BY vm_nic.id
        """,
        List.of(ids),
        row ->
            new Measured(
                new Labels()
                    .with("_vm", row.text(2))
                    .with("name", row.text(3))
                    .with("_host", row.textOrNull(4))
                    .with("_cluster", row.textOrNull(5))
                    .with("_mac", row.textOrNull(6))
                    .with("_device", row.text(7))
                    .with("_network", row.textOrNull(8))
                    .asMap(),
                Capacity.NONE,
                List.of(),
                List.of(),
                meters.getOrDefault(row.text(1), List.of())));
  }

  static List<Measured> volumes(Transaction transaction, List<String> ids) {
    var disks = Meters.disks(transaction, "vm_disk.vm_volume_id", ids);
    return transaction.query(
        """
        SELECT vm_volume.id, vm_volume.local_id, vm_volume.name, cluster.local_id
        FROM tower.vm_volume
        JOIN tower.cluster ON cluster.id = vm_volume.cluster_id
        WHERE vm_volume.id = ANY (?)
        ORDER BY vm_volume.id
        """,
        List.of(ids),
        row ->
            Measured.ofDisks(
                new Labels()
                    .with("_volume", row.text(2))
                    .with("name", row.text(3))
                    .with("_cluster", row.textOrNull(4))
                    .asMap(),
                disks.getOrDefault(row.text(1), List.of())));
  }

  /// LUNs are as busy as the volumes that they keep.
  static List<Measured> luns(Transaction transaction, List<String> ids) {
    var disks = Meters.disks(transaction, "vm_volume.lun_id", ids);
    return transaction.query(
        """
        SELECT iscsi_lun.id, iscsi_lun.local_id, iscsi_lun.name, cluster.local_id
        FROM tower.iscsi_lun
        JOIN tower.iscsi_target ON iscsi_target.id = iscsi_lun.iscsi_target_id
        JOIN tower.cluster ON cluster.id = iscsi_target.cluster_id
        WHERE iscsi_lun.id = ANY (?)
        ORDER BY iscsi_lun.id
        """,
        List.of(ids),
        row ->
            Measured.ofDisks(
                new Labels()
                    .with("_volume", row.text(2))
                    .with("name", row.text(3))
                    .with("_cluster", row.textOrNull(4))
                    .asMap(),
                disks.getOrDefault(row.text(1), List.of())));
  }
}

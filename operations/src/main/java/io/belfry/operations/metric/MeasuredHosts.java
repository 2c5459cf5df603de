package io.belfry.operations.metric;

import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.UsageHistory.Source;
import io.belfry.operations.metric.Measured.Capacity;
import io.belfry.operations.metric.Measured.Metered;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hosts, their disks and ports, and clusters. A host that doesn't answer has no metrics, and
/// counts for nothing in its cluster.
final class MeasuredHosts {
  private static final String ANSWERS = "host.status IN ('CONNECTED_HEALTHY', 'CONNECTED_WARNING')";

  private MeasuredHosts() {}

  static List<Measured> hosts(Transaction transaction, List<String> ids) {
    var machines = Meters.machines(transaction, "host.id", ids);
    var disks = diskMeters(transaction, ids);
    return transaction.query(
        """
        SELECT host.id, host.local_id, host.name, cluster.local_id, host.total_cpu_hz,
          host.total_memory_bytes, host.os_memory_bytes + %s
        FROM tower.host
        JOIN tower.cluster ON cluster.id = host.cluster_id
        WHERE host.id = ANY (?)
          AND %s
        ORDER BY host.id
        """
            .formatted(suspended("vm.host_id = host.id"), ANSWERS),
        List.of(ids),
        row ->
            new Measured(
                new Labels()
                    .with("_host", row.text(2))
                    .with("name", row.text(3))
                    .with("_cluster", row.textOrNull(4))
                    .asMap(),
                capacity(row, 5),
                machines.getOrDefault(row.text(1), List.of()),
                disks.getOrDefault(row.text(1), List.of()),
                List.of()));
  }

  static List<Measured> clusters(Transaction transaction, List<String> ids) {
    var machines = Meters.machines(transaction, "vm.cluster_id", ids);
    var disks = Meters.disks(transaction, "vm.cluster_id", ids);
    return transaction.query(
        """
        SELECT cluster.id, cluster.local_id, cluster.name, sum(host.total_cpu_hz),
          sum(host.total_memory_bytes), sum(host.os_memory_bytes) + %s
        FROM tower.cluster
        JOIN tower.host ON host.cluster_id = cluster.id
        WHERE cluster.id = ANY (?)
          AND %s
        GROUP BY cluster.id
        ORDER BY cluster.id
        """
            .formatted(suspended("vm.cluster_id = cluster.id"), ANSWERS),
        List.of(ids),
        row ->
            new Measured(
                new Labels().with("_cluster", row.textOrNull(2)).with("name", row.text(3)).asMap(),
                capacity(row, 4),
                machines.getOrDefault(row.text(1), List.of()),
                disks.getOrDefault(row.text(1), List.of()),
                List.of()));
  }

  /// The memory that suspended VMs hold.
  private static String suspended(String which) {
    return "coalesce((SELECT sum(vm.memory) FROM tower.vm WHERE %s AND vm.status = 'SUSPENDED'), 0)"
        .formatted(which);
  }

  private static Capacity capacity(ResultRow row, int first) {
    return new Capacity(row.longValue(first), row.longValue(first + 1), row.longValue(first + 2));
  }

  static List<Measured> disks(Transaction transaction, List<String> ids) {
    return transaction.query(
        """
        SELECT host.local_id, host.id, disk.name, disk.serial, cluster.local_id
        FROM tower.disk
        JOIN tower.host ON host.id = disk.host_id
        JOIN tower.cluster ON cluster.id = host.cluster_id
        WHERE disk.id = ANY (?)
          AND disk.mounted
          AND %s
        ORDER BY disk.id
        """
            .formatted(ANSWERS),
        List.of(ids),
        row ->
            Measured.ofDisks(
                new Labels()
                    .with("_host", row.text(1))
                    .with("_device", row.text(3))
                    .with("name", row.text(3))
                    .with("serial_number", row.text(4))
                    .with("_cluster", row.textOrNull(5))
                    .asMap(),
                List.of(disk(row.text(1), row.text(3), row.text(2)))));
  }

  private static Map<String, List<Metered>> diskMeters(
      Transaction transaction, List<String> hostIds) {
    var meters = new HashMap<String, List<Metered>>();
    transaction.query(
        """
        SELECT host.local_id, host.id, disk.name
        FROM tower.disk
        JOIN tower.host ON host.id = disk.host_id
        WHERE host.id = ANY (?)
          AND disk.mounted
        ORDER BY disk.id
        """,
        List.of(hostIds),
        row ->
            meters
                .computeIfAbsent(row.text(2), _ -> new ArrayList<>())
                .add(disk(row.text(1), row.text(3), row.text(2))));
    return meters;
  }

  private static Metered disk(String hostLocalId, String name, String hostId) {
    return new Metered(new Source.HostDisk(new HostId(hostLocalId), name), 0, hostId);
  }

  static List<Measured> nics(Transaction transaction, List<String> ids) {
    return transaction.query(
        """
        SELECT host.local_id, host.id, nic.name, nic.mac_address, cluster.local_id
        FROM tower.nic
        JOIN tower.host ON host.id = nic.host_id
        JOIN tower.cluster ON cluster.id = host.cluster_id
        WHERE nic.id = ANY (?)
          AND nic.running
          AND %s
        ORDER BY nic.id
        """
            .formatted(ANSWERS),
        List.of(ids),
        row ->
            Measured.ofNic(
                new Labels()
                    .with("_host", row.text(1))
                    .with("_device", row.text(3))
                    .with("name", row.text(3))
                    .with("_mac", row.text(4))
                    .with("_cluster", row.textOrNull(5))
                    .asMap(),
                new Metered(
                    new Source.HostNic(new HostId(row.text(1)), row.text(3)), 0, row.text(2))));
  }
}

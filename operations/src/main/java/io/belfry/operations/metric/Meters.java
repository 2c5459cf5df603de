package io.belfry.operations.metric;

import io.belfry.hypervisor.DeviceId;
import io.belfry.hypervisor.UsageHistory.Source;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.metric.Measured.Machine;
import io.belfry.operations.metric.Measured.Metered;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The sources that VMs are measured by, each under the row it belongs to.
///
/// Narrow queries instead of typed rows: a cluster may have tens of thousands of VMs.
final class Meters {
  /// When a VM can have begun to run, the last time: in the columns of `vm`, as milliseconds.
  static final String SINCE =
      "floor(extract(epoch FROM greatest(vm.local_created_at, vm.last_shutdown_time)) *"
          + " 1000)::bigint";

  private Meters() {}

  /// The VMs that run.
  ///
  /// @param owner the column that leads to their owner, `host.id` for instance
  static Map<String, List<Machine>> machines(
      Transaction transaction, String owner, List<String> ownerIds) {
    return grouped(
        transaction,
        """
        SELECT %1$s, vm.local_id, %2$s, vm.host_id, vm.vcpu, host.cpu_hz_per_core, vm.memory
        FROM tower.vm
        JOIN tower.host ON host.id = vm.host_id
        WHERE %1$s = ANY (?)
          AND vm.status = 'RUNNING'
        ORDER BY vm.id
        """
            .formatted(owner, SINCE),
        ownerIds,
        Meters::machine);
  }

  private static Machine machine(ResultRow row) {
    var meter = new Metered(new Source.Vm(new VmId(row.text(2))), row.longValue(3), row.text(4));
    var vcpus = Math.toIntExact(row.longValue(5));
    return new Machine(meter, vcpus, (double) (vcpus * row.longValue(6)), row.longValue(7));
  }

  /// The disks of VMs that run.
  ///
  /// @param owner the column that leads to their owner, `vm_disk.vm_volume_id` for instance
  static Map<String, List<Metered>> disks(
      Transaction transaction, String owner, List<String> ownerIds) {
    return grouped(
        transaction,
        """
        SELECT %1$s, vm.local_id, %2$s, vm.host_id, vm_volume.local_id
        FROM tower.vm_disk
        JOIN tower.vm ON vm.id = vm_disk.vm_id
        JOIN tower.vm_volume ON vm_volume.id = vm_disk.vm_volume_id
        WHERE %1$s = ANY (?)
          AND vm.status = 'RUNNING'
        ORDER BY vm_disk.id
        """
            .formatted(owner, SINCE),
        ownerIds,
        row -> {
          var source = new Source.Disk(new VmId(row.text(2)), new VolumeId(row.text(5)));
          return new Metered(source, row.longValue(3), row.text(4));
        });
  }

  /// The NICs with these row ids, as far as their VMs run.
  static Map<String, List<Metered>> nics(Transaction transaction, List<String> ids) {
    return grouped(
        transaction,
        """
        SELECT vm_nic.id, vm.local_id, %s, vm.host_id, vm_nic.local_id
        FROM tower.vm_nic
        JOIN tower.vm ON vm.id = vm_nic.vm_id
        WHERE vm_nic.id = ANY (?)
          AND vm.status = 'RUNNING'
        """
            .formatted(SINCE),
        ids,
        row -> {
          var source = new Source.Nic(new VmId(row.text(2)), new DeviceId(row.text(5)));
          return new Metered(source, row.longValue(3), row.text(4));
        });
  }

  private static <T> Map<String, List<T>> grouped(
      Transaction transaction, String sql, List<String> ids, Function<ResultRow, T> mapper) {
    var groups = new HashMap<String, List<T>>();
    transaction.query(
        sql,
        List.of(ids),
        row -> groups.computeIfAbsent(row.text(1), _ -> new ArrayList<>()).add(mapper.apply(row)));
    return groups;
  }
}

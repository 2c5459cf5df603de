package io.belfry.datacenter;

import static java.util.stream.Collectors.toSet;

import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.Firmware;
import io.belfry.hypervisor.GuestSeen;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.ImageId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.StorageId;
import io.belfry.hypervisor.VmDefinition;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.Inventory;
import io.belfry.store.ResultRow;
import io.belfry.store.Transaction;
import io.belfry.store.rows.HostStatus;
import io.belfry.store.rows.MaintenanceModeEnum;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmToolsStatus;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the rows say exists in one cluster, in the simulator's terms. What is still being created
/// is left out: its task does that again.
///
/// Narrow queries of a whole cluster instead of typed rows: a big data centre has a million of
/// them, and a server that starts waits for this.
final class RecordedCluster {
  private final Transaction transaction;
  private final String id;
  private final StorageId storage;

  RecordedCluster(Transaction transaction, String id, String localId) {
    this.transaction = transaction;
    this.id = id;
    this.storage = new StorageId(localId);
  }

  Inventory inventory() {
    var volumes = RecordedVolumes.read(transaction, id, storage);
    var hosts = hosts();
    var vms = vms(hosts, RecordedDevices.read(transaction, id), volumes);
    return new Inventory(
        hosts, List.of(capacity()), volumes.volumes(), volumes.snapshots(), vms, toolsImages());
  }

  private List<Inventory.Host> hosts() {
    return query(
        "host",
        """
        SELECT local_id, status, host_state ->> 'state', total_memory_bytes - os_memory_bytes
        FROM tower.host
        WHERE cluster_id = ?
        """,
        row ->
            new Inventory.Host(
                new HostId(row.text(1)),
                state(HostStatus.of(row.text(2)), row.textOrNull(3)),
                row.longValue(4)));
  }

  private static HostState state(HostStatus status, @Nullable String maintenance) {
    return switch (status) {
      case CONNECTED_HEALTHY, CONNECTED_WARNING ->
          maintenance == null ? HostState.CONNECTED : state(MaintenanceModeEnum.of(maintenance));
      case CONNECTED_ERROR, CONNECTING, INITIALIZING, SESSION_EXPIRED -> HostState.UNREACHABLE;
    };
  }

  private static HostState state(MaintenanceModeEnum maintenance) {
    return switch (maintenance) {
      case IN_USE -> HostState.CONNECTED;
      case ENTERING_MAINTENANCE_MODE, MAINTENANCE_MODE, REMOVING -> HostState.MAINTENANCE;
    };
  }

  private Inventory.Storage capacity() {
    var capacityBytes =
        query(
                "capacity",
                """
                SELECT sum(total_data_capacity - failure_data_space)
                FROM tower.host
                WHERE cluster_id = ?
                """,
                row -> row.longValue(1))
            .getFirst();
    return new Inventory.Storage(storage, capacityBytes);
  }

  private List<Inventory.Vm> vms(
      List<Inventory.Host> hosts, RecordedDevices devices, RecordedVolumes volumes) {
    var places = hosts.stream().map(Inventory.Host::id).collect(toSet());
    return query(
        "VM",
        """
        SELECT vm.id, vm.local_id, vm.name, vm.cpu ->> 'sockets', vm.cpu ->> 'cores', vm.memory,
          vm.firmware, host.local_id, vm.status, vm.vm_tools_status, vm.vm_tools_version,
          vm.hostname, vm.os, vm.kernel_info, vm.dns_servers, vm.guest_os_type,
          vm.cloud_init_supported
        FROM tower.vm JOIN tower.host ON host.id = vm.host_id
        WHERE vm.cluster_id = ?
          AND vm."entityAsyncStatus" IS DISTINCT FROM 'CREATING'
        """,
        row -> vm(row, places, devices, volumes));
  }

  private static Inventory.Vm vm(
      ResultRow row, Set<HostId> places, RecordedDevices devices, RecordedVolumes volumes) {
    var host = new HostId(row.text(8));
    if (!places.contains(host)) {
      throw new IllegalArgumentException("its host is left out");
    }
    var definition =
        new VmDefinition(
            new VmId(row.text(2)),
            row.text(3),
            new Cpu(Integer.parseInt(row.text(4)), Integer.parseInt(row.text(5))),
            row.longValue(6),
            Firmware.valueOf(row.text(7)),
            devices.of(row.text(1)),
            null);
    var tools = VmToolsStatus.of(row.text(10));
    var installed = installed(row, tools);
    installed.image().ifPresent(guest -> volumes.install(definition, guest));
    return new Inventory.Vm(
        definition,
        host,
        power(VmStatus.of(row.text(9))),
        new GuestSeen(
            RecordedGuest.tools(tools),
            installed.toolsVersion(),
            row.textOrNull(12),
            installed.os(),
            installed.kernel(),
            addresses(row.textOrNull(15)),
            devices.addresses(row.text(1))));
  }

  private static RecordedGuest installed(ResultRow row, VmToolsStatus tools) {
    var family = row.textOrNull(16);
    return new RecordedGuest(
        row.textOrNull(13),
        row.textOrNull(14),
        RecordedGuest.toolsVersion(tools, row.textOrNull(11)),
        new RecordedGuest.Family(
            family == null ? VmGuestsOperationSystem.UNKNOWN : VmGuestsOperationSystem.of(family),
            row.booleanValue(17)));
  }

  private static PowerState power(VmStatus status) {
    return switch (status) {
      case RUNNING -> PowerState.RUNNING;
      case SUSPENDED -> PowerState.SUSPENDED;
      case STOPPED, DELETED -> PowerState.STOPPED;
      case UNKNOWN -> PowerState.UNKNOWN;
    };
  }

  private static List<String> addresses(@Nullable String commaSeparated) {
    return commaSeparated == null || commaSeparated.isEmpty()
        ? List.of()
        : List.of(commaSeparated.split(","));
  }

  /// An image's version 320 is that of tools 3.2.0.
  private List<Inventory.ToolsImage> toolsImages() {
    return query(
        "image of guest tools",
        "SELECT local_id, version FROM tower.svt_image WHERE cluster_id = ?",
        row -> {
          var version = row.longValue(2);
          return new Inventory.ToolsImage(
              new ImageId(row.text(1)),
              "%s.%s.%s".formatted(version / 100, version / 10 % 10, version % 10));
        });
  }

  /// @param kind what the rows describe, each by the id in its first column
  private <T> List<T> query(String kind, String sql, Function<ResultRow, T> mapper) {
    return Legible.each(kind).rows(transaction, sql, List.of(id), mapper);
  }
}

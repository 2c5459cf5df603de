package io.belfry.cli.dashboard;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Condition;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.AlertApi;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.DiskApi;
import io.belfry.sdk.api.HostApi;
import io.belfry.sdk.model.Alert;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Disk;
import io.belfry.sdk.model.DiskHealthStatus;
import io.belfry.sdk.model.DiskUsageStatus;
import io.belfry.sdk.model.Host;
import io.belfry.sdk.model.Hypervisor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a cluster is, by the guide's rules (构建 Dashboard): a cluster of our own hypervisor tells
/// about its memory through its hosts, and what disks or hosts have failed with is no storage.
///
/// @param cpu in hertz
/// @param memory in bytes
/// @param storage in bytes
/// @param alerts those that have not ended, by severity
record ClusterHealth(
    Cluster cluster, Usage cpu, Usage memory, Usage storage, Disks disks, Alerts alerts) {
  private static final Set<DiskHealthStatus> FAILED =
      Set.of(
          DiskHealthStatus.UNHEALTHY, DiskHealthStatus.SUBHEALTHY, DiskHealthStatus.SMART_FAILED);
  private static final Set<DiskUsageStatus> UNUSED =
      Set.of(DiskUsageStatus.UNMOUNTED, DiskUsageStatus.PARTIAL_MOUNTED);

  /// How many physical disks are how.
  ///
  /// @param unused healthy, but not mounted or not as a whole
  record Disks(long healthy, long unused, long failed) {
    static Disks of(List<Disk> disks) {
      var failed = disks.stream().filter(Disks::hasFailed).count();
      var unused = disks.stream().filter(each -> !hasFailed(each) && isUnused(each)).count();
      return new Disks(disks.size() - failed - unused, unused, failed);
    }

    private static boolean hasFailed(Disk disk) {
      return disk.healthStatus() != null && FAILED.contains(disk.healthStatus());
    }

    private static boolean isUnused(Disk disk) {
      return disk.usageStatus() != null && UNUSED.contains(disk.usageStatus());
    }

    Json json() {
      return Json.object("healthy", healthy, "unused", unused, "failed", failed);
    }
  }

  /// How many alerts there are.
  record Alerts(long critical, long notice, long info) {
    static Alerts of(List<Alert> alerts) {
      var bySeverity =
          alerts.stream()
              .collect(
                  Collectors.groupingBy(
                      each -> each.severity().toLowerCase(Locale.ROOT), Collectors.counting()));
      return new Alerts(
          bySeverity.getOrDefault("critical", 0L),
          bySeverity.getOrDefault("notice", 0L),
          bySeverity.getOrDefault("info", 0L));
    }

    Json json() {
      return Json.object("critical", critical, "notice", notice, "info", info);
    }
  }

  /// Of some clusters, by name. Asks four times, however many there are.
  static List<ClusterHealth> of(ApiClient client, Condition<Cluster> which) {
    var clusters = new ArrayList<>(new ClusterApi(client).getClusters(which));
    clusters.sort(Comparator.comparing(Cluster::name));
    var ids = Cluster.ID.in(clusters.stream().map(Cluster::id).toList());
    var hosts = new HostApi(client).getHosts(Host.CLUSTER.has(ids));
    var disks = new DiskApi(client).getDisks(Disk.HOST.has(Host.CLUSTER.has(ids)));
    var alerts = new AlertApi(client).getAlerts(Alert.ENDED.isFalse().and(Alert.CLUSTER.has(ids)));
    return clusters.stream().map(each -> of(each, hosts, disks, alerts)).toList();
  }

  private static ClusterHealth of(
      Cluster cluster, List<Host> allHosts, List<Disk> allDisks, List<Alert> allAlerts) {
    var hosts = allHosts.stream().filter(each -> each.cluster().id().equals(cluster.id())).toList();
    var hostIds = hosts.stream().map(Host::id).collect(Collectors.toSet());
    var disks = allDisks.stream().filter(each -> hostIds.contains(each.host().id())).toList();
    var alerts =
        allAlerts.stream()
            .filter(each -> cluster.id().equals(Objects.requireNonNull(each.cluster()).id()))
            .toList();
    return new ClusterHealth(
        cluster,
        Usage.of(number(cluster.usedCpuHz()), number(cluster.totalCpuHz())),
        memory(cluster, hosts),
        Usage.of(
            number(cluster.usedDataSpace()),
            number(cluster.totalDataCapacity()) - number(cluster.failureDataSpace())),
        Disks.of(disks),
        Alerts.of(alerts));
  }

  private static Usage memory(Cluster cluster, List<Host> hosts) {
    return Hypervisor.VMWARE.equals(cluster.hypervisor())
        ? Usage.of(number(cluster.usedMemoryBytes()), number(cluster.totalMemoryBytes()))
        : Usage.of(
            sum(hosts, Host::osMemoryBytes) + sum(hosts, Host::runningPauseVmMemoryBytes),
            sum(hosts, Host::totalMemoryBytes));
  }

  private static double sum(List<Host> hosts, ToDoubleFunction<Host> field) {
    return hosts.stream().mapToDouble(field).sum();
  }

  private static double number(@Nullable Number number) {
    return number == null ? 0 : number.doubleValue();
  }

  Json json() {
    return Json.object(
        "id", cluster.id(),
        "name", cluster.name(),
        "hosts", cluster.hostNum(),
        "vms", cluster.vmNum(),
        "cpu_hz", cpu.json(),
        "memory_bytes", memory.json(),
        "storage_bytes", storage.json(),
        "disks", disks.json(),
        "alerts", alerts.json());
  }
}

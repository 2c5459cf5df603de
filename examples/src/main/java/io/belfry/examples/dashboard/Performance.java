package io.belfry.examples.dashboard;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.HostApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ClusterType;
import io.belfry.sdk.model.Host;
import io.belfry.sdk.model.Hypervisor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// 构建性能指标: how much CPU, memory and storage clusters have, and how much is used.
///
/// The guide prints ratios as if they were percentages, divides by zero, and leaves CPU and memory
/// out where only one cluster computes.
///
/// @param compute absent if the clusters only store
public record Performance(Optional<Compute> compute, Storage storage) {

  /// @param cores how many CPU cores there are
  /// @param cpu in hertz
  /// @param memory in bytes
  public record Compute(long cores, Usage cpu, Usage memory) {}

  /// How much of something is used.
  public record Usage(double used, double total) {
    /// From 0 to 100; 0 if there is nothing to use.
    public double percent() {
      return total == 0 ? 0 : 100 * used / total;
    }
  }

  /// Bytes.
  ///
  /// @param failed lost with disks or hosts
  public record Storage(double total, double used, double failed) {
    public double available() {
      return total - used - failed;
    }

    public Usage usage() {
      return new Usage(used, total);
    }
  }

  public static Performance of(ApiClient client, List<Cluster> clusters) {
    var computing =
        clusters.stream().filter(each -> ClusterType.SMTX_OS.equals(each.type())).toList();
    return new Performance(
        computing.isEmpty() ? Optional.empty() : Optional.of(compute(client, computing)),
        new Storage(
            sum(clusters, Cluster::totalDataCapacity),
            sum(clusters, Cluster::usedDataSpace),
            sum(clusters, Cluster::failureDataSpace)));
  }

  private static Compute compute(ApiClient client, List<Cluster> clusters) {
    var cpu = new Usage(sum(clusters, Cluster::usedCpuHz), sum(clusters, Cluster::totalCpuHz));
    var cores = Math.round(sum(clusters, Cluster::totalCpuCores));
    return new Compute(cores, cpu, memory(client, clusters));
  }

  /// Clusters of our own hypervisor tell about their memory through their hosts.
  private static Usage memory(ApiClient client, List<Cluster> clusters) {
    var elf = with(Hypervisor.ELF, clusters);
    var ids = elf.stream().map(Cluster::id).toList();
    var hosts = new HostApi(client).getHosts(Host.CLUSTER.has(Cluster.ID.in(ids)));
    var vmware = with(Hypervisor.VMWARE, clusters);
    return new Usage(
        sum(hosts, Host::osMemoryBytes)
            + sum(hosts, Host::runningPauseVmMemoryBytes)
            + sum(vmware, Cluster::usedMemoryBytes),
        sum(hosts, Host::totalMemoryBytes) + sum(vmware, Cluster::totalMemoryBytes));
  }

  private static List<Cluster> with(Hypervisor hypervisor, List<Cluster> clusters) {
    return clusters.stream().filter(each -> hypervisor.equals(each.hypervisor())).toList();
  }

  private static <T> double sum(List<T> objects, Function<T, @Nullable Number> field) {
    var sum = 0.0;
    for (var object : objects) {
      var value = field.apply(object);
      sum += value == null ? 0 : value.doubleValue();
    }
    return sum;
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id..."),
        (client, given) -> of(client, new ClusterApi(client).getClusters(Cluster.ID.in(given))));
  }
}

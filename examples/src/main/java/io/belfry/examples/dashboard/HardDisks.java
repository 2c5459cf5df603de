package io.belfry.examples.dashboard;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.DiskApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Disk;
import io.belfry.sdk.model.DiskHealthStatus;
import io.belfry.sdk.model.DiskType;
import io.belfry.sdk.model.DiskUsageStatus;
import io.belfry.sdk.model.Host;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// 构建硬盘信息: how many hard disks there are, and how they are.
///
/// As in the guide, a disk that is isolated or whose software RAID failed counts as healthy.
public record HardDisks(int healthy, int warning, int error) {
  private static final Set<DiskHealthStatus> FAILED =
      Set.of(
          DiskHealthStatus.UNHEALTHY, DiskHealthStatus.SUBHEALTHY, DiskHealthStatus.SMART_FAILED);
  private static final Set<DiskUsageStatus> UNUSED =
      Set.of(DiskUsageStatus.UNMOUNTED, DiskUsageStatus.PARTIAL_MOUNTED);

  private enum Condition {
    HEALTHY,
    WARNING,
    ERROR
  }

  public static HardDisks of(ApiClient client, List<String> clusterIds) {
    var inClusters = Disk.HOST.has(Host.CLUSTER.has(Cluster.ID.in(clusterIds)));
    var counts = new EnumMap<Condition, Integer>(Condition.class);
    new DiskApi(client)
        .getDisks(inClusters.and(Disk.TYPE.is(DiskType.HDD)))
        .forEach(disk -> counts.merge(condition(disk), 1, Integer::sum));
    return new HardDisks(
        count(counts, Condition.HEALTHY),
        count(counts, Condition.WARNING),
        count(counts, Condition.ERROR));
  }

  private static int count(Map<Condition, Integer> counts, Condition condition) {
    return counts.getOrDefault(condition, 0);
  }

  private static Condition condition(Disk disk) {
    if (disk.healthStatus() != null && FAILED.contains(disk.healthStatus())) {
      return Condition.ERROR;
    }
    if (disk.usageStatus() != null && UNUSED.contains(disk.usageStatus())) {
      return Condition.WARNING;
    }
    return Condition.HEALTHY;
  }

  public int total() {
    return healthy + warning + error;
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("cluster-id..."), HardDisks::of);
  }
}

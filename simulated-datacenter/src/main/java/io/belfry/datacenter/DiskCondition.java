package io.belfry.datacenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.store.rows.DiskHealthStatus;
import io.belfry.store.rows.DiskUsageStatus;
import org.jspecify.annotations.Nullable;

/// How a host's disk is doing.
enum DiskCondition {
  HEALTHY(DiskHealthStatus.HEALTHY, DiskUsageStatus.MOUNTED),
  SLOW(DiskHealthStatus.SUBHEALTHY, DiskUsageStatus.MOUNTED),
  FAILING(DiskHealthStatus.SMART_FAILED, DiskUsageStatus.MOUNTED),
  BROKEN(DiskHealthStatus.UNHEALTHY, DiskUsageStatus.ISOLATED),
  NEW(DiskHealthStatus.HEALTHY, DiskUsageStatus.UNMOUNTED),
  HALF_MOUNTED(DiskHealthStatus.HEALTHY, DiskUsageStatus.PARTIAL_MOUNTED);

  private final DiskHealthStatus health;
  private final DiskUsageStatus usage;

  DiskCondition(DiskHealthStatus health, DiskUsageStatus usage) {
    this.health = health;
    this.usage = usage;
  }

  /// Each cluster has some disks to worry about, always at the same places.
  ///
  /// @param host counts the cluster's hosts from 0
  /// @param disk counts the host's data disks from 0
  static DiskCondition of(ClusterKind kind, int host, int disk) {
    return switch (kind) {
      case ELF ->
          switch (10 * host + disk) {
            case 13 -> SLOW;
            case 25 -> NEW;
            case 31 -> FAILING;
            default -> HEALTHY;
          };
      case VMWARE -> host == 1 && disk == 4 ? HALF_MOUNTED : HEALTHY;
      case STORAGE -> host == 2 && disk == 6 ? BROKEN : HEALTHY;
    };
  }

  DiskHealthStatus health() {
    return health;
  }

  DiskUsageStatus usage() {
    return usage;
  }

  /// Whether it counts as capacity.
  boolean isMounted() {
    return usage != DiskUsageStatus.UNMOUNTED;
  }

  boolean isUnwell() {
    return health != DiskHealthStatus.HEALTHY;
  }

  /// Whether its capacity is lost.
  boolean isFailed() {
    return this == BROKEN;
  }

  /// What was found wrong; null when nothing was.
  @Nullable JsonNode failure() {
    return switch (this) {
      case HEALTHY, NEW, HALF_MOUNTED -> null;
      case SLOW -> failure(false, true, false).put("iostat_latency_ms", 2_380);
      case FAILING -> failure(false, false, true);
      case BROKEN -> failure(true, false, false);
    };
  }

  private static ObjectNode failure(boolean inputOutput, boolean latency, boolean smart) {
    return Json.object()
        .put("chunk_checksum_error", false)
        .put("chunk_errflag", inputOutput)
        .put("chunk_io_error", inputOutput)
        .put("chunk_warnflag", latency)
        .put("iostat_latency", latency)
        .put("smart_check", smart);
  }
}

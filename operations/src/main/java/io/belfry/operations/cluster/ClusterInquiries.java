package io.belfry.operations.cluster;

import io.belfry.operations.Inquiry;
import java.util.List;

/// The inquiries about clusters that are built.
public final class ClusterInquiries {
  private ClusterInquiries() {}

  public static List<Inquiry> all() {
    return List.of(
        new GetClusterPinInPerformanceInfo(), new GetClusterStorageInfo(), new GetMetaLeader());
  }
}

package io.belfry.operations.cluster;

import io.belfry.operations.Inquiry;
import java.util.List;

/// The inquiries about clusters that are built.
public final class ClusterInquiries {
  private ClusterInquiries() {}

  public static List<Inquiry> all() {
    return List.of(
        new GetClusterPinInPerformanceInfo(),
        new GetClusterStorageInfo(),
        new GetMetaLeader(),
        new GetNtpServiceUrl(),
        new GetWitnessServices(),
        // all machines are hosts already
        new NoneInCluster("get-discover-hosts", body -> body.object("cluster")),
        // no logs can be collected
        new NoneInCluster(
            "get-log-service-configs", body -> body.object("input").object("cluster")));
  }
}

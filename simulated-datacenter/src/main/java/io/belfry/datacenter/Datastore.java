package io.belfry.datacenter;

import io.belfry.datacenter.VmPlan.Policy;
import java.util.Map;

/// Where a cluster's volumes lie: an iSCSI target whose LUNs are numbered from 1.
final class Datastore {
  static final int STRIPES = 4;
  static final long STRIPE_BYTES = 256 << 10;

  private final String targetId;
  private final String iqn;
  private final Map<Policy, String> policies;
  private int luns;

  /// @param policies the policies' ids on the cluster
  Datastore(String targetId, String iqn, Map<Policy, String> policies) {
    this.targetId = targetId;
    this.iqn = iqn;
    this.policies = Map.copyOf(policies);
  }

  String targetId() {
    return targetId;
  }

  int nextLun() {
    return ++luns;
  }

  String path(int lun) {
    return "iscsi://%s/%s".formatted(iqn, lun);
  }

  String policyId(Policy policy) {
    var id = policies.get(policy);
    if (id == null) {
      throw new IllegalArgumentException("the cluster has no policy " + policy);
    }
    return id;
  }
}

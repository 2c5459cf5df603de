package io.belfry.operations.vm;

import io.belfry.store.Transaction;
import io.belfry.store.rows.VmRow;
import java.util.Map;
import java.util.TreeMap;

/// The [Placement]s of one decision, one for each cluster that its VMs are in.
public final class Placements {
  private final Transaction transaction;
  private final Map<String, Placement> byCluster = new TreeMap<>();

  public Placements(Transaction transaction) {
    this.transaction = transaction;
  }

  /// The placement in a VM's cluster.
  Placement in(VmRow vm) {
    return in(VmRules.cluster(vm));
  }

  /// The placement in a cluster.
  public Placement in(String clusterId) {
    return byCluster.computeIfAbsent(clusterId, id -> Placement.inCluster(transaction, id));
  }

  /// Writes all promises down; they last as long as their tasks.
  public void keepPromises() {
    byCluster.values().forEach(placement -> placement.keepPromises(transaction));
  }
}

package io.belfry.operations.device;

import io.belfry.store.Transaction;
import io.belfry.store.rows.ElfStoragePolicyRow;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.util.List;

/// The storage policies that a cluster knows by ids of its own, as frozen disks name them.
public final class ClusterPolicies {
  private ClusterPolicies() {}

  /// The id that a cluster knows a policy by; empty if it has none for that.
  public static String localId(
      Transaction transaction, String clusterId, VmVolumeElfStoragePolicyType type) {
    return transaction
        .query(
            """
            SELECT local_id
            FROM tower.elf_storage_policy
            WHERE cluster_id = ?
              AND 'REPLICA_' || replica_num || CASE WHEN thin_provision THEN '_THIN' ELSE '_THICK' END
                  || '_PROVISION' = ?
            ORDER BY id
            LIMIT 1
            """,
            List.of(clusterId, type.wire()),
            row -> row.text(1))
        .stream()
        .findFirst()
        .orElse("");
  }

  /// The policy whose id in the cluster ends like this; the usual one if there is none.
  public static VmVolumeElfStoragePolicyType type(
      Transaction transaction, String clusterId, String localId) {
    return transaction
        .rows(
            ElfStoragePolicyRow.TYPE,
            "WHERE cluster_id = ? AND ? <> '' AND local_id LIKE '%' || ? ORDER BY id LIMIT 1",
            List.of(clusterId, localId, localId))
        .stream()
        .findFirst()
        .map(policy ->
            VmVolumeElfStoragePolicyType.of(
                "REPLICA_%s_%s_PROVISION"
                    .formatted(policy.replicaNum(), policy.thinProvision() ? "THIN" : "THICK")))
        .orElse(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION);
  }
}

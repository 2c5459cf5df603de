package io.belfry.operations.device;

import io.belfry.hypervisor.StoragePolicy;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;

/// The API's storage policies as the hypervisor understands them.
public final class StoragePolicies {
  private static final StoragePolicy ERASURE_CODED =
      new StoragePolicy(new StoragePolicy.ErasureCoded(4, 2), true);

  private StoragePolicies() {}

  public static StoragePolicy of(VmVolumeElfStoragePolicyType type) {
    return switch (type) {
      case EC -> ERASURE_CODED;
      case REPLICA_1_THICK_PROVISION -> replicas(1, false);
      case REPLICA_1_THIN_PROVISION -> replicas(1, true);
      case REPLICA_2_THICK_PROVISION, ELF_CP_REPLICA_2_THICK_PROVISION -> replicas(2, false);
      case REPLICA_2_THIN_PROVISION, ELF_CP_REPLICA_2_THIN_PROVISION -> replicas(2, true);
      case REPLICA_3_THICK_PROVISION, ELF_CP_REPLICA_3_THICK_PROVISION -> replicas(3, false);
      case REPLICA_3_THIN_PROVISION, ELF_CP_REPLICA_3_THIN_PROVISION -> replicas(3, true);
    };
  }

  private static StoragePolicy replicas(int count, boolean thin) {
    return new StoragePolicy(new StoragePolicy.Replicas(count), thin);
  }
}

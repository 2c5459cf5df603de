package io.belfry.operations.iscsi;

import io.belfry.hypervisor.StoragePolicy;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetEdit;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.store.rows.ResiliencyType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What keeps the data of a LUN when a disk dies: replicas, or blocks with parity.
///
/// @param dataBlocks null for replicas
/// @param parityBlocks null for replicas
record Redundancy(int replicas, @Nullable Integer dataBlocks, @Nullable Integer parityBlocks) {

  /// What a request says: `ec_k` and `ec_m` where its `resiliency_type` is EC, else `replica_num`.
  static Redundancy read(Params params) {
    var replicas = params.intValue("replica_num");
    return isErasureCoded(params)
        ? new Redundancy(replicas, blocks(params, "ec_k"), blocks(params, "ec_m"))
        : new Redundancy(replicas, null, null);
  }

  /// What a request for a LUN says; that of the target if it doesn't say which kind.
  static Redundancy read(Params params, IscsiTargetRow target) {
    return params.json().hasNonNull("resiliency_type")
            || target.resiliencyType() != ResiliencyType.EC
        ? read(params)
        : new Redundancy(params.intValue("replica_num"), target.ecK(), target.ecM());
  }

  static Redundancy of(IscsiLunRow lun) {
    return new Redundancy(lun.replicaNum(), lun.ecK(), lun.ecM());
  }

  static Redundancy of(IscsiTargetRow target) {
    return new Redundancy(target.replicaNum(), target.ecK(), target.ecM());
  }

  private static boolean isErasureCoded(Params params) {
    return params
            .optionalText("resiliency_type")
            .map(ResiliencyType::of)
            .orElse(ResiliencyType.REPLICA)
        == ResiliencyType.EC;
  }

  private static int blocks(Params params, String key) {
    var given = params.json().path(key).doubleValue();
    if (given < 1 || given != Math.rint(given)) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          key,
          "%s.%s must be a whole number from 1 on where resiliency_type is EC, not %s"
              .formatted(params.path(), key, params.json().path(key).asText("absent")));
    }
    return (int) given;
  }

  StoragePolicy policy(boolean thin) {
    return new StoragePolicy(
        dataBlocks == null
            ? new StoragePolicy.Replicas(replicas)
            : new StoragePolicy.ErasureCoded(dataBlocks, Objects.requireNonNull(parityBlocks)),
        thin);
  }

  private ResiliencyType type() {
    return dataBlocks == null ? ResiliencyType.REPLICA : ResiliencyType.EC;
  }

  IscsiTargetEdit write(IscsiTargetEdit target) {
    return target.replicaNum(replicas).resiliencyType(type()).ecK(dataBlocks).ecM(parityBlocks);
  }

  IscsiLunEdit write(IscsiLunEdit lun) {
    return lun.replicaNum(replicas).resiliencyType(type()).ecK(dataBlocks).ecM(parityBlocks);
  }
}

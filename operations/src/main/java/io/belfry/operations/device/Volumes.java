package io.belfry.operations.device;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.IscsiLunEdit;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmVolumeEdit;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.store.rows.VmVolumeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the rows of new volumes, each with the LUN that holds it. One for each decision.
public final class Volumes {
  private final Decision decision;
  private final Map<String, NextLun> nextLuns = new HashMap<>();

  public Volumes(Decision decision) {
    this.decision = decision;
  }

  /// What a new volume is.
  public record NewVolume(
      String clusterId,
      String name,
      String description,
      long sizeBytes,
      VmVolumeElfStoragePolicyType policy,
      boolean sharing) {}

  /// A volume that was written.
  ///
  /// @param id its id in the store
  /// @param localId its id in the hypervisor
  public record Added(String id, String localId) {}

  /// Writes a volume that is about to be created and locks it.
  public Added add(NewVolume volume) {
    return add(volume, decision.tools().ids().uuid());
  }

  /// As [#add(NewVolume)], for a volume that the hypervisor has already.
  ///
  /// @param localId its id there
  public Added add(NewVolume volume, String localId) {
    var now = decision.tools().clock().instant();
    var id = decision.tools().ids().cuid();
    var lun = lun(volume, localId);
    decision
        .transaction()
        .insert(
            VmVolumeEdit.edit()
                .id(id)
                .localId(localId)
                .clusterId(volume.clusterId())
                .name(volume.name())
                .description(volume.description())
                .size(volume.sizeBytes())
                .usedSize(0L)
                .usedSizeUsage(0.0)
                .uniqueSize(0L)
                .elfStoragePolicy(volume.policy())
                .sharing(volume.sharing())
                .type(VmVolumeType.KVM_VOLUME)
                .path(lun.path())
                .lunId(lun.id())
                .localCreatedAt(now)
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    return new Added(id, localId);
  }

  /// The existing volume that a request wants to mount, locked.
  ///
  /// @throws io.belfry.problem.ProblemException if it can't be mounted in this cluster now
  public VmVolumeRow toMount(String volumeId, String clusterId, String parameter) {
    decision.require(VmVolumeRow.TYPE, volumeId, parameter);
    var volume =
        decision.transaction().lock(VmVolumeRow.TYPE, List.of(volumeId)).stream()
            .findFirst()
            .orElseThrow();
    refuseBusy(volume);
    if (!volume.clusterId().equals(clusterId)) {
      throw refused(parameter, volume, "is in another cluster than the VM");
    }
    if (!volume.sharing() && isMounted(volume)) {
      throw refused(parameter, volume, "is mounted already and not shared");
    }
    return volume;
  }

  /// Refuses a volume that a task still changes.
  public static void refuseBusy(VmVolumeRow volume) {
    Busy.refuse("VM_VOLUME", volume.id(), volume.entityAsyncStatus());
  }

  /// Refuses to make a volume smaller, which would lose what is at its end.
  ///
  /// @param data the parameters with `size`
  public static void refuseToShrink(VmVolumeRow volume, long sizeBytes, Params data) {
    if (sizeBytes < volume.size()) {
      throw data.refused(
          ProblemCode.OUT_OF_RANGE,
          "size",
          "%s.size is %s bytes: volume %s has %s already, and can only grow"
              .formatted(data.path(), sizeBytes, volume.name(), volume.size()));
    }
  }

  private boolean isMounted(VmVolumeRow volume) {
    return !decision
        .transaction()
        .related(VmDiskRow.TYPE, "vm_volume", List.of(volume.id()))
        .isEmpty();
  }

  private static RuntimeException refused(String parameter, VmVolumeRow volume, String why) {
    return new Problem(
            ProblemCode.PRECONDITION,
            "%s: volume %s %s".formatted(parameter, volume.name(), why),
            Map.of("field", parameter, "id", volume.id()))
        .asException();
  }

  private record Lun(@Nullable String id, String path) {}

  /// The target that holds a cluster's volumes, and the number that its next LUN gets.
  private static final class NextLun {
    private final @Nullable IscsiTargetRow target;
    private int number;

    NextLun(@Nullable IscsiTargetRow target, int number) {
      this.target = target;
      this.number = number;
    }
  }

  private Lun lun(NewVolume volume, String localId) {
    var next = nextLuns.computeIfAbsent(volume.clusterId(), this::nextLun);
    var target = next.target;
    if (target == null) {
      return new Lun(null, "volume://" + localId);
    }
    var number = next.number++;
    var id = decision.tools().ids().cuid();
    var policy = StoragePolicies.of(volume.policy());
    decision
        .transaction()
        .insert(
            LunDefaults.unlimited(IscsiLunEdit.edit())
                .id(id)
                .localId("%s/%s".formatted(target.localId(), number))
                .name(localId)
                .lunId(number)
                .iscsiTargetId(target.id())
                .assignedSize(volume.sizeBytes())
                .replicaNum((int) Math.ceil(policy.redundancy().overhead()))
                .thinProvision(policy.thin())
                .stripeNum(target.stripeNum())
                .stripeSize(target.stripeSize())
                .zbsVolumeId(localId)
                .localCreatedAt(decision.tools().clock().instant()));
    return new Lun(id, "iscsi://%s/%s".formatted(target.iqnName(), number));
  }

  private NextLun nextLun(String clusterId) {
    var targets =
        decision
            .transaction()
            .rows(
                IscsiTargetRow.TYPE,
                "WHERE cluster_id = ? AND internal ORDER BY id LIMIT 1 FOR NO KEY UPDATE",
                List.of(clusterId));
    if (targets.isEmpty()) {
      return new NextLun(null, 0);
    }
    var target = targets.getFirst();
    var last =
        decision
            .transaction()
            .rows(
                IscsiLunRow.TYPE,
                "WHERE iscsi_target_id = ? ORDER BY lun_id DESC LIMIT 1",
                List.of(target.id()));
    return new NextLun(target, last.isEmpty() ? 1 : last.getFirst().lunId() + 1);
  }
}

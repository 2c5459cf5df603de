package io.belfry.operations.volume;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;

/// The operations on volumes and their snapshots that are built.
public final class VolumeOperations {
  private VolumeOperations() {}

  public static List<Mutation> all(Tools tools) {
    return List.of(
        new CloneVmVolume(tools),
        new CreateVmVolume(tools),
        new CreateVmVolumeSnapshot(tools),
        new DeleteVmVolumeFromVm(tools),
        new DeleteVmVolumeSnapshot(tools),
        new RebuildVmVolume(tools),
        new RollbackVmVolume(tools),
        new UpdateVmVolume(tools));
  }
}

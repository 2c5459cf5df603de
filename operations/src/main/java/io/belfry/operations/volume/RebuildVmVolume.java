package io.belfry.operations.volume;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmVolumeSnapshotRow;
import io.belfry.tasks.NewTask;
import java.util.Objects;

/// `rebuild-vm-volume`: creates volumes with the content that snapshots kept.
record RebuildVmVolume(VolumeCreation creation) implements CreatesVolumes {
  RebuildVmVolume(Tools tools) {
    this(new VolumeCreation(tools));
  }

  @Override
  public String path() {
    return "rebuild-vm-volume";
  }

  @Override
  public NewTask prepare(Decision decision, Volumes volumes, Params params) {
    var snapshot = Locked.snapshot(decision, params);
    var name = params.text("name");
    var volume =
        new Volumes.NewVolume(
            snapshot.clusterId(),
            name,
            params.text("description"),
            Objects.requireNonNull(snapshot.volumeSize()).longValue(),
            snapshot.elfStoragePolicy(),
            Boolean.TRUE.equals(snapshot.volumeSharing()));
    return VolumeCreation.prepare(
        decision,
        volumes,
        volume,
        new VolumeCreation.Way(path(), "rebuildVmVolume", description(snapshot, name)),
        CopiedContent.of(snapshot));
  }

  private static LocalizedText description(VmVolumeSnapshotRow snapshot, String name) {
    return new LocalizedText(
        "Rebuild virtual volume %s from snapshot %s".formatted(name, snapshot.name()),
        "从快照 %s 重建虚拟卷 %s".formatted(snapshot.name(), name));
  }
}

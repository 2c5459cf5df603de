package io.belfry.operations.volume;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.CopiedContent;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmVolumeRow;
import io.belfry.tasks.NewTask;

/// `clone-vm-volume`: creates volumes with the content that others have now. The copy of a volume
/// that a running VM writes is what a power cut would leave.
record CloneVmVolume(VolumeCreation creation) implements CreatesVolumes {
  CloneVmVolume(Tools tools) {
    this(new VolumeCreation(tools));
  }

  @Override
  public String path() {
    return "clone-vm-volume";
  }

  @Override
  public NewTask prepare(Decision decision, Volumes volumes, Params params) {
    var source =
        Locked.volume(decision, params.object("where").text("id"), params.path() + ".where.id");
    var data = params.object("data");
    var name = data.text("name");
    var volume =
        new Volumes.NewVolume(
            source.clusterId(),
            name,
            data.optionalText("description").orElse(""),
            source.size(),
            source.elfStoragePolicy(),
            source.sharing());
    return VolumeCreation.prepare(
        decision,
        volumes,
        volume,
        new VolumeCreation.Way(path(), "cloneVmVolume", description(source, name)),
        CopiedContent.of(source));
  }

  private static LocalizedText description(VmVolumeRow source, String name) {
    return new LocalizedText(
        "Clone virtual volume %s to %s".formatted(source.name(), name),
        "克隆虚拟卷 %s 为 %s".formatted(source.name(), name));
  }
}

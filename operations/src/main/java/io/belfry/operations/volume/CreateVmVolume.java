package io.belfry.operations.volume;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import io.belfry.tasks.NewTask;

/// `create-vm-volume`: creates empty volumes that no VM has yet.
record CreateVmVolume(VolumeCreation creation) implements CreatesVolumes {
  CreateVmVolume(Tools tools) {
    this(new VolumeCreation(tools));
  }

  @Override
  public String path() {
    return "create-vm-volume";
  }

  @Override
  public NewTask prepare(Decision decision, Volumes volumes, Params params) {
    var cluster =
        decision.require(ClusterRow.TYPE, params.text("cluster_id"), params.path() + ".cluster_id");
    var name = params.text("name");
    var volume =
        new Volumes.NewVolume(
            cluster.id(),
            name,
            "",
            params.inBaseUnit("size").orElseThrow(),
            VmVolumeElfStoragePolicyType.of(params.text("elf_storage_policy")),
            params.flag("sharing", false));
    var text = new LocalizedText("Create virtual volume " + name, "创建虚拟卷 " + name);
    return VolumeCreation.prepare(
        decision, volumes, volume, new VolumeCreation.Way(path(), "createVmVolume", text));
  }
}

package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.MountDisksParams;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmAddDiskParamsData;
import io.belfry.sdk.model.VmAddDiskParamsDataVmDisks;
import java.time.Duration;
import java.util.List;

/// 虚拟卷操作: 挂载已存在虚拟卷为虚拟盘: one more disk, from a volume that is there already.
public final class MountExistingVolume {
  private MountExistingVolume() {}

  public static Vm mount(ApiClient client, String vmId, String volumeId) {
    var disk =
        MountDisksParams.builder().index(0).vmVolumeId(volumeId).boot(1).bus(Bus.VIRTIO).build();
    var disks = VmAddDiskParamsDataVmDisks.builder().mountDisks(disk).build();
    return new VmApi(client)
        .addVmDisk(Vm.ID.is(vmId), VmAddDiskParamsData.builder().vmDisks(disks).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "volume-id"),
        (client, given) -> mount(client, given.get(0), given.get(1)));
  }
}

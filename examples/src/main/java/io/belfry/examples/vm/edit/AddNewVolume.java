package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.MountNewCreateDisksParams;
import io.belfry.sdk.model.MountNewCreateDisksParamsVmVolume;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmAddDiskParamsData;
import io.belfry.sdk.model.VmAddDiskParamsDataVmDisks;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import java.time.Duration;
import java.util.List;

/// 虚拟卷操作: 添加新虚拟卷: one more disk of 5 GiB.
public final class AddNewVolume {
  private AddNewVolume() {}

  public static Vm add(ApiClient client, String vmId, String volumeName) {
    var volume =
        MountNewCreateDisksParamsVmVolume.builder()
            .elfStoragePolicy(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION)
            .size(5L << 30)
            .name(volumeName)
            .build();
    var disk = MountNewCreateDisksParams.builder().boot(1).bus(Bus.VIRTIO).vmVolume(volume).build();
    var disks = VmAddDiskParamsDataVmDisks.builder().mountNewCreateDisks(disk).build();
    return new VmApi(client)
        .addVmDisk(Vm.ID.is(vmId), VmAddDiskParamsData.builder().vmDisks(disks).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "volume-name"),
        (client, given) -> add(client, given.get(0), given.get(1)));
  }
}

package io.belfry.examples.vm.create;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.MountNewCreateDisksParams;
import io.belfry.sdk.model.MountNewCreateDisksParamsVmVolume;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import java.util.List;

/// 创建时配置虚拟盘: 新增并挂载虚拟盘: a VM with a new disk of 10 GiB.
public final class CreateVmWithNewDisk {
  private CreateVmWithNewDisk() {}

  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(
      ApiClient client, String clusterId, String vmName, String vlanId, String volumeName) {
    var volume =
        MountNewCreateDisksParamsVmVolume.builder()
            .elfStoragePolicy(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION)
            .size(10L << 30)
            .name(volumeName)
            .build();
    var disk = MountNewCreateDisksParams.builder().boot(0).bus(Bus.VIRTIO).vmVolume(volume).build();
    var disks = VmDiskParams.builder().mountNewCreateDisks(disk).build();
    return CreateSimpleVm.create(
        client, CreateSimpleVm.params(clusterId, vmName, vlanId).vmDisks(disks));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id", "vm-name", "vlan-id", "volume-name"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2), given.get(3)));
  }
}

package io.belfry.examples.vm.create;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.MountDisksParams;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmDiskParams;
import java.util.List;

/// 创建时配置虚拟盘: 挂载虚拟卷为虚拟盘: a VM with a volume that is there already.
///
/// The guide's sample gives `index` twice.
public final class CreateVmWithVolume {
  private CreateVmWithVolume() {}

  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(
      ApiClient client, String clusterId, String vmName, String vlanId, String volumeId) {
    var disks =
        VmDiskParams.builder()
            .mountDisks(
                MountDisksParams.builder()
                    .boot(0)
                    .index(0)
                    .bus(Bus.VIRTIO)
                    .vmVolumeId(volumeId)
                    .build())
            .build();
    return CreateSimpleVm.create(
        client, CreateSimpleVm.params(clusterId, vmName, vlanId).vmDisks(disks));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id", "vm-name", "vlan-id", "volume-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2), given.get(3)));
  }
}

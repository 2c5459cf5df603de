package io.belfry.examples.vm.create;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCdRomParams;
import io.belfry.sdk.model.VmDiskParams;
import java.util.List;

/// 创建时配置虚拟盘: CD-ROM 加载 ISO: a VM with a CD image in its drive.
public final class CreateVmWithIso {
  private CreateVmWithIso() {}

  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(
      ApiClient client, String clusterId, String vmName, String vlanId, String elfImageId) {
    var disks =
        VmDiskParams.builder()
            .mountCdRoms(VmCdRomParams.builder().boot(0).index(0).elfImageId(elfImageId).build())
            .build();
    return CreateSimpleVm.create(
        client, CreateSimpleVm.params(clusterId, vmName, vlanId).vmDisks(disks));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id", "vm-name", "vlan-id", "elf-image-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2), given.get(3)));
  }
}

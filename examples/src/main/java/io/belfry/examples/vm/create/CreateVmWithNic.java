package io.belfry.examples.vm.create;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCdRomParams;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmNicModel;
import io.belfry.sdk.model.VmNicParams;
import java.util.List;

/// 创建时配置虚拟网卡: a VM whose NIC mirrors the network's traffic.
public final class CreateVmWithNic {
  private CreateVmWithNic() {}

  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(ApiClient client, String clusterId, String vmName, String vlanId) {
    var nic =
        VmNicParams.builder().connectVlanId(vlanId).mirror(true).model(VmNicModel.VIRTIO).build();
    var drive = VmCdRomParams.builder().boot(0).index(0).build();
    return CreateSimpleVm.create(
        client,
        CreateSimpleVm.params(clusterId, vmName, vlanId)
            .vmNics(nic)
            .vmDisks(VmDiskParams.builder().mountCdRoms(drive).build()));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id", "vm-name", "vlan-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2)));
  }
}

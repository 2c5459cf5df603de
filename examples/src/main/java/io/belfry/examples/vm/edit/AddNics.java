package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmAddNicParamsData;
import io.belfry.sdk.model.VmNicModel;
import io.belfry.sdk.model.VmNicParams;
import java.time.Duration;
import java.util.List;

/// 网卡操作: 添加网卡: two more NICs, the first one not connected.
public final class AddNics {
  private AddNics() {}

  public static Vm add(ApiClient client, String vmId, String vlanId, String otherVlanId) {
    var first =
        VmNicParams.builder().connectVlanId(vlanId).enabled(false).model(VmNicModel.VIRTIO).build();
    var second =
        VmNicParams.builder()
            .connectVlanId(otherVlanId)
            .enabled(true)
            .mirror(true)
            .model(VmNicModel.VIRTIO)
            .build();
    return new VmApi(client)
        .addVmNic(Vm.ID.is(vmId), VmAddNicParamsData.builder().vmNics(first, second).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "vlan-id", "other-vlan-id"),
        (client, given) -> add(client, given.get(0), given.get(1), given.get(2)));
  }
}

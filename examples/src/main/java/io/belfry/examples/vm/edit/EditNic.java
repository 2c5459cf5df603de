package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmUpdateNicParamsData;
import java.time.Duration;
import java.util.List;

/// 网卡操作: 编辑网卡: another network for the first NIC.
public final class EditNic {
  private EditNic() {}

  public static Vm edit(ApiClient client, String vmId, String vlanId) {
    var data =
        VmUpdateNicParamsData.builder()
            .nicIndex(0)
            .enabled(false)
            .mirror(false)
            .connectVlanId(vlanId)
            .build();
    return new VmApi(client)
        .updateVmNic(Vm.ID.is(vmId), data)
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "vlan-id"),
        (client, given) -> edit(client, given.get(0), given.get(1)));
  }
}

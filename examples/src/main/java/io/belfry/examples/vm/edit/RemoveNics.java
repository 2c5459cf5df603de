package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmRemoveNicParamsData;
import java.time.Duration;
import java.util.List;

/// 网卡操作: 移除网卡: without its first two NICs. Those that stay are numbered anew.
public final class RemoveNics {
  private RemoveNics() {}

  public static Vm remove(ApiClient client, String vmId) {
    return new VmApi(client)
        .removeVmNic(Vm.ID.is(vmId), VmRemoveNicParamsData.builder().nicIndex(0, 1).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> remove(client, given.get(0)));
  }
}

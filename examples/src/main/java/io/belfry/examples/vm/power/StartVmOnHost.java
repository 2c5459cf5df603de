package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStartParamsData;
import java.time.Duration;
import java.util.List;

/// 开机至指定主机: starting a VM on a host of your choice.
public final class StartVmOnHost {
  private StartVmOnHost() {}

  public static Vm start(ApiClient client, String vmId, String hostId) {
    return new VmApi(client)
        .startVm(Vm.ID.is(vmId), VmStartParamsData.builder().hostId(hostId).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "host-id"),
        (client, given) -> start(client, given.get(0), given.get(1)));
  }
}

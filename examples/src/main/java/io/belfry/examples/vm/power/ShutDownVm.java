package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 指定虚拟机关机: asking a VM's operating system to shut down.
public final class ShutDownVm {
  private ShutDownVm() {}

  public static Vm shutDown(ApiClient client, String vmId) {
    return new VmApi(client).shutDownVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> shutDown(client, given.get(0)));
  }
}

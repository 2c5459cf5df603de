package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 强制重启指定虚拟机: resetting a VM.
public final class ForceRestartVm {
  private ForceRestartVm() {}

  public static Vm restart(ApiClient client, String vmId) {
    return new VmApi(client).forceRestartVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> restart(client, given.get(0)));
  }
}

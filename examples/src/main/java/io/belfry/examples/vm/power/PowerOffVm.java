package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 强制关机指定虚拟机: pulling a VM's plug.
///
/// `force_shut_down_vm` in the guide; it has long been called `poweroffVm`.
public final class PowerOffVm {
  private PowerOffVm() {}

  public static Vm powerOff(ApiClient client, String vmId) {
    return new VmApi(client).poweroffVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> powerOff(client, given.get(0)));
  }
}

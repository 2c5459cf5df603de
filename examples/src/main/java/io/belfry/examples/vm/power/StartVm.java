package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 指定虚拟机开机，自动调度到合适的虚拟机: starting a VM on a host that fits.
///
/// The guide's heading says "a suitable VM"; a host is meant.
public final class StartVm {
  private StartVm() {}

  public static Vm start(ApiClient client, String vmId) {
    return new VmApi(client).startVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> start(client, given.get(0)));
  }
}

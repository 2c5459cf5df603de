package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 批量虚拟机开机，自动调度到合适的虚拟机: starting several VMs.
public final class StartVms {
  private StartVms() {}

  /// Waits for all of them at once.
  public static List<Vm> start(ApiClient client, List<String> vmIds) {
    return new VmApi(client).startVm(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> start(client, given));
  }
}

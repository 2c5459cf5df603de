package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 强制重启批量虚拟机: resetting several.
public final class ForceRestartVms {
  private ForceRestartVms() {}

  /// Waits for all of them at once.
  public static List<Vm> restart(ApiClient client, List<String> vmIds) {
    return new VmApi(client).forceRestartVm(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> restart(client, given));
  }
}

package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 批量虚拟机关机: asking several.
public final class ShutDownVms {
  private ShutDownVms() {}

  /// Waits for all of them at once.
  public static List<Vm> shutDown(ApiClient client, List<String> vmIds) {
    return new VmApi(client).shutDownVm(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> shutDown(client, given));
  }
}

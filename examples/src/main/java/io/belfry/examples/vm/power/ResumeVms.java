package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 恢复批量虚拟机: waking several.
public final class ResumeVms {
  private ResumeVms() {}

  /// Waits for all of them at once.
  public static List<Vm> resume(ApiClient client, List<String> vmIds) {
    return new VmApi(client).resumeVm(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> resume(client, given));
  }
}

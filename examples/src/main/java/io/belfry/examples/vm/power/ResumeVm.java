package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 恢复指定虚拟机: waking a VM.
public final class ResumeVm {
  private ResumeVm() {}

  public static Vm resume(ApiClient client, String vmId) {
    return new VmApi(client).resumeVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> resume(client, given.get(0)));
  }
}

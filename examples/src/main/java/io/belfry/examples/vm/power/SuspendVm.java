package io.belfry.examples.vm.power;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 暂停指定虚拟机: putting a VM to sleep. It keeps its memory.
public final class SuspendVm {
  private SuspendVm() {}

  public static Vm suspend(ApiClient client, String vmId) {
    return new VmApi(client).suspendVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> suspend(client, given.get(0)));
  }
}

package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 更新资源: changing objects, which takes a task that can be waited for.
public final class UpdateResources {
  private UpdateResources() {}

  /// Starts a stopped VM.
  ///
  /// @return the VM when it runs
  public static Vm start(ApiClient client, String vmId) {
    var accepted = new VmApi(client).startVm(Vm.ID.is(vmId));
    return accepted.await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("stopped-vm-id"), (client, given) -> start(client, given.get(0)));
  }
}

package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// 发送异步请求: going on while the server works.
public final class SendRequestAsynchronously {
  private SendRequestAsynchronously() {}

  /// The name of a VM, which comes later.
  public static CompletableFuture<String> name(ApiClient client, String vmId) {
    return new VmApi(client).async().getVms(Vm.ID.is(vmId)).thenApply(vms -> vms.getFirst().name());
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> name(client, given.get(0)).get());
  }
}

package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;

/// 获取资源: reading objects.
public final class GetResources {
  private GetResources() {}

  /// The VM with this id; empty if there is none.
  public static List<Vm> get(ApiClient client, String vmId) {
    return new VmApi(client).getVms(q -> q.where(Vm.ID.is(vmId)).first(1));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> get(client, given.get(0)));
  }
}

package io.belfry.examples.client;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import java.util.List;

/// 创建对应的 API 实例: making the object that has the operations on VMs.
public final class CreateApi {
  private CreateApi() {}

  /// It costs nothing: make one wherever it is needed.
  public static VmApi create(ApiClient client) {
    return new VmApi(client);
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of(), (client, given) -> create(client).getVms(q -> q.first(1)));
  }
}

package io.belfry.examples.vm.find;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;

/// 分页获取虚拟机: VMs 51 to 100.
public final class FindVmsByPage {
  private FindVmsByPage() {}

  /// A page of all VMs, the oldest first.
  ///
  /// @param number counts from 0
  public static List<Vm> find(ApiClient client, int number, int size) {
    return new VmApi(client).getVms(q -> q.first(size).skip(number * size));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("page-number"),
        (client, given) -> find(client, Integer.parseInt(given.get(0)), 50));
  }
}

package io.belfry.examples.vm.find;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;

/// 获取所有虚拟机: all VMs.
public final class FindAllVms {
  private FindAllVms() {}

  public static List<Vm> find(ApiClient client) {
    return new VmApi(client).getVms(q -> q);
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of(), (client, given) -> find(client));
  }
}

package io.belfry.examples.vm.find;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;

/// 获取名称或描述中包含特定字符串的虚拟机: VMs with a text in their name or description.
///
/// The guide's sample looks at the name only.
public final class FindVmsByNameOrDescription {
  private FindVmsByNameOrDescription() {}

  public static List<Vm> find(ApiClient client, String text) {
    return new VmApi(client).getVms(Vm.NAME.contains(text).or(Vm.DESCRIPTION.contains(text)));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("text"), (client, given) -> find(client, given.get(0)));
  }
}

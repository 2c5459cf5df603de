package io.belfry.examples.vm.find;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.util.List;

/// 获取所有已开机虚拟机: all VMs that run.
public final class FindRunningVms {
  private FindRunningVms() {}

  public static List<Vm> find(ApiClient client) {
    return new VmApi(client).getVms(Vm.STATUS.is(VmStatus.RUNNING));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of(), (client, given) -> find(client));
  }
}

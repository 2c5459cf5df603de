package io.belfry.examples.vm.find;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.util.List;

/// 获取所有 vcpu > n 的虚拟机: VMs with more than n virtual CPUs.
public final class FindVmsByVcpu {
  private FindVmsByVcpu() {}

  public static List<Vm> find(ApiClient client, int vcpu) {
    return new VmApi(client).getVms(Vm.VCPU.greaterThan(vcpu));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args, List.of("n"), (client, given) -> find(client, Integer.parseInt(given.get(0))));
  }
}

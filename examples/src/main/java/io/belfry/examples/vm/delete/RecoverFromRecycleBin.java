package io.belfry.examples.vm.delete;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 回收站: 从回收站恢复: VMs back from the bin.
public final class RecoverFromRecycleBin {
  private RecoverFromRecycleBin() {}

  public static List<Vm> recover(ApiClient client, List<String> vmIds) {
    var vmApi = new VmApi(client);
    vmApi.recoverVmFromRecycleBin(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
    return vmApi.getVms(Vm.ID.in(vmIds));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> recover(client, given));
  }
}

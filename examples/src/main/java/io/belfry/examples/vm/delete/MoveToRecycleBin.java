package io.belfry.examples.vm.delete;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 回收站: 移入回收站: VMs that can be recovered for some days.
///
/// The guide takes the ids from a variable that it has not defined.
public final class MoveToRecycleBin {
  private MoveToRecycleBin() {}

  /// @return the VMs as they are in the bin, under names of their own
  public static List<Vm> move(ApiClient client, List<String> vmIds) {
    var vmApi = new VmApi(client);
    vmApi.moveVmToRecycleBin(Vm.ID.in(vmIds)).await(Duration.ofMinutes(5));
    return vmApi.getVms(Vm.ID.in(vmIds));
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> move(client, given));
  }
}

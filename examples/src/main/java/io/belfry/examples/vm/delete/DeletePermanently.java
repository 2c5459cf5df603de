package io.belfry.examples.vm.delete;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Deleted;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 永久删除: VMs that are gone for good, with the disks that only they had.
public final class DeletePermanently {
  private DeletePermanently() {}

  /// @return the ids of the VMs that are gone
  public static List<String> delete(ApiClient client, List<String> vmIds) {
    var deleted = new VmApi(client).deleteVm(Vm.ID.in(vmIds));
    deleted.await(Duration.ofMinutes(5));
    return deleted.data().stream().map(Deleted::id).toList();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id..."), (client, given) -> delete(client, given));
  }
}

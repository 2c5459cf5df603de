package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmMigrateParamsData;
import java.time.Duration;
import java.util.List;

/// 虚拟机迁移: 迁移至指定主机: to a host of your choice.
///
/// `mig_rate_vm` in the guide; it has long been called `migrateVm`.
public final class MigrateToHost {
  private MigrateToHost() {}

  public static Vm migrate(ApiClient client, String vmId, String hostId) {
    return new VmApi(client)
        .migrateVm(Vm.ID.is(vmId), VmMigrateParamsData.builder().hostId(hostId).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "host-id"),
        (client, given) -> migrate(client, given.get(0), given.get(1)));
  }
}

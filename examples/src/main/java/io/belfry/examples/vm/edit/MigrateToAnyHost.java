package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 虚拟机迁移: 自动调度到合适的主机: to another host that fits.
public final class MigrateToAnyHost {
  private MigrateToAnyHost() {}

  public static Vm migrate(ApiClient client, String vmId) {
    return new VmApi(client).migrateVm(Vm.ID.is(vmId)).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(args, List.of("vm-id"), (client, given) -> migrate(client, given.get(0)));
  }
}

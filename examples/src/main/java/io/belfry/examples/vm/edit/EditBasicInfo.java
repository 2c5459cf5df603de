package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmUpdateParamsData;
import java.time.Duration;
import java.util.List;

/// 编辑基本信息: another name, description, size.
public final class EditBasicInfo {
  private EditBasicInfo() {}

  /// Also makes the VM small: two sockets with two cores, 1 GiB. A VM that runs can only grow.
  public static Vm edit(ApiClient client, String vmId, String name, String description) {
    var data =
        VmUpdateParamsData.builder()
            .name(name)
            .description(description)
            .ha(false)
            .cpuSockets(2)
            .cpuCores(2)
            .vcpu(4)
            .memory(1L << 30)
            .build();
    return new VmApi(client).updateVm(Vm.ID.is(vmId), data).await(Duration.ofMinutes(5)).getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "name", "description"),
        (client, given) -> edit(client, given.get(0), given.get(1), given.get(2)));
  }
}

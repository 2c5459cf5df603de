package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmRemoveDiskParamsData;
import java.time.Duration;
import java.util.List;

/// 虚拟卷操作: 卸载虚拟盘: fewer disks. Their volumes stay.
public final class UnmountDisks {
  private UnmountDisks() {}

  public static Vm unmount(ApiClient client, String vmId, List<String> diskIds) {
    return new VmApi(client)
        .removeVmDisk(Vm.ID.is(vmId), VmRemoveDiskParamsData.builder().diskIds(diskIds).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "disk-id"),
        (client, given) -> unmount(client, given.get(0), List.of(given.get(1))));
  }
}

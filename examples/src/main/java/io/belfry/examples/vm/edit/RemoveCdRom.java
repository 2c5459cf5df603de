package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmRemoveCdRomParamsData;
import java.time.Duration;
import java.util.List;

/// CD-ROM 编辑: 删除 CD-ROM: fewer CD drives.
public final class RemoveCdRom {
  private RemoveCdRom() {}

  public static Vm remove(ApiClient client, String vmId, List<String> cdRomIds) {
    return new VmApi(client)
        .removeVmCdRom(Vm.ID.is(vmId), VmRemoveCdRomParamsData.builder().cdRomIds(cdRomIds).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "cd-rom-id"),
        (client, given) -> remove(client, given.get(0), List.of(given.get(1))));
  }
}

package io.belfry.examples.vm.edit;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmAddCdRomParamsData;
import io.belfry.sdk.model.VmCdRomParams;
import java.time.Duration;
import java.util.List;

/// CD-ROM 编辑: 添加 CD-ROM: one more CD drive.
public final class AddCdRom {
  private AddCdRom() {}

  public static Vm add(ApiClient client, String vmId, String elfImageId) {
    var drive = VmCdRomParams.builder().boot(0).index(0).elfImageId(elfImageId).build();
    return new VmApi(client)
        .addVmCdRom(Vm.ID.is(vmId), VmAddCdRomParamsData.builder().vmCdRoms(drive).build())
        .await(Duration.ofMinutes(5))
        .getFirst();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("vm-id", "elf-image-id"),
        (client, given) -> add(client, given.get(0), given.get(1)));
  }
}

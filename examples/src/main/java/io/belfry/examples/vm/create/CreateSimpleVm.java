package io.belfry.examples.vm.create;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCdRomParams;
import io.belfry.sdk.model.VmCreationParams;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmFirmware;
import io.belfry.sdk.model.VmNicParams;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.util.List;

/// 简单创建: a VM with a CD drive and a NIC.
///
/// The answer is a list, from which the guide forgets to take the VM.
public final class CreateSimpleVm {
  private CreateSimpleVm() {}

  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(ApiClient client, String clusterId, String vmName, String vlanId) {
    var drive = VmCdRomParams.builder().boot(0).index(0).build();
    return create(
        client,
        params(clusterId, vmName, vlanId)
            .vmDisks(VmDiskParams.builder().mountCdRoms(drive).build()));
  }

  /// Makes a VM from what [#params] gives, and from what was added to that.
  static Vm create(ApiClient client, VmCreationParams.Builder params) {
    return new VmApi(client).createVm(params.build()).await(Duration.ofMinutes(5)).getFirst();
  }

  /// A stopped VM with 16 virtual CPUs and 4 GiB, which only lacks its disks.
  static VmCreationParams.Builder params(String clusterId, String vmName, String vlanId) {
    return VmCreationParams.builder()
        .clusterId(clusterId)
        .name(vmName)
        .ha(true)
        .cpuSockets(4)
        .cpuCores(4)
        .vcpu(16)
        .memory(4L << 30)
        .status(VmStatus.STOPPED)
        .firmware(VmFirmware.BIOS)
        .vmNics(VmNicParams.builder().connectVlanId(vlanId).build());
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("cluster-id", "vm-name", "vlan-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2)));
  }
}

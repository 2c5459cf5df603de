package io.belfry.examples.vm.template;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Bus;
import io.belfry.sdk.model.MountDisksParams;
import io.belfry.sdk.model.MountNewCreateDisksParams;
import io.belfry.sdk.model.MountNewCreateDisksParamsVmVolume;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmCdRomParams;
import io.belfry.sdk.model.VmDiskOperate;
import io.belfry.sdk.model.VmDiskOperateRemoveDisks;
import io.belfry.sdk.model.VmDiskParams;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import java.util.List;

/// 配置与模板不同的虚拟盘参数: a VM with other disks than its template has.
public final class CreateFromTemplateWithOtherDisks {
  private CreateFromTemplateWithOtherDisks() {}

  /// Makes a VM without the template's first disk, but with an empty CD drive, with a volume that
  /// is there already, and with a new one of 10 GiB.
  public static Vm create(
      ApiClient client, String templateName, String clusterName, String vmName, String volumeId) {
    var params = CreateFromTemplate.params(client, templateName, clusterName, vmName);
    return CreateFromTemplate.create(client, params.diskOperate(disks(volumeId)));
  }

  /// What to do with the template's disks. Of those it has, only the bus can change: take a disk
  /// out and add another instead.
  private static VmDiskOperate disks(String volumeId) {
    return VmDiskOperate.builder()
        .removeDisks(VmDiskOperateRemoveDisks.builder().diskIndex(0).build())
        .newDisks(
            VmDiskParams.builder()
                .mountCdRoms(VmCdRomParams.builder().boot(2).build())
                .mountDisks(
                    MountDisksParams.builder().boot(3).bus(Bus.VIRTIO).vmVolumeId(volumeId).build())
                .mountNewCreateDisks(
                    MountNewCreateDisksParams.builder()
                        .boot(4)
                        .bus(Bus.VIRTIO)
                        .vmVolume(
                            MountNewCreateDisksParamsVmVolume.builder()
                                .name("test")
                                .size(10L << 30)
                                .elfStoragePolicy(
                                    VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION)
                                .build())
                        .build())
                .build())
        .build();
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("template", "cluster", "vm-name", "volume-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2), given.get(3)));
  }
}

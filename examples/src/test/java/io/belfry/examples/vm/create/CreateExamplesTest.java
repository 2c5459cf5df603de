package io.belfry.examples.vm.create;

import static io.belfry.examples.Surroundings.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.VmDisk;
import io.belfry.sdk.model.VmDiskType;
import io.belfry.sdk.model.VmFirmware;
import io.belfry.sdk.model.VmNic;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.model.VmVolumeElfStoragePolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 创建空白虚拟机
@ExtendWith(RunningServer.class)
final class CreateExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  CreateExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void makesASimpleVm() {
    var vm = CreateSimpleVm.create(client, around.clusterId(), name("vm"), vlanId());
    assertThat(vm.status()).isEqualTo(VmStatus.STOPPED);
    assertThat(vm.vcpu()).isEqualTo(16);
    assertThat(vm.memory()).isEqualTo(4L << 30);
    assertThat(vm.firmware()).isEqualTo(VmFirmware.BIOS);
    assertThat(around.disks(vm)).extracting(VmDisk::type).containsExactly(VmDiskType.CD_ROM);
    assertThat(around.nics(vm)).extracting(Surroundings::vlanId).containsExactly(vlanId());
  }

  @Test
  void putsAnImageIntoTheDrive() {
    var image = around.image();
    var vm = CreateVmWithIso.create(client, around.clusterId(), name("vm"), vlanId(), image.id());
    assertThat(around.disks(vm)).extracting(Surroundings::imageId).containsExactly(image.id());
  }

  @Test
  void mountsAVolume() {
    var volume = around.volume();
    var vm =
        CreateVmWithVolume.create(client, around.clusterId(), name("vm"), vlanId(), volume.id());
    assertThat(around.disks(vm)).extracting(Surroundings::volumeId).containsExactly(volume.id());
    assertThat(around.volume(volume.id()).mounting()).isTrue();
  }

  @Test
  void makesADisk() {
    var volumeName = name("volume");
    var vm =
        CreateVmWithNewDisk.create(client, around.clusterId(), name("vm"), vlanId(), volumeName);
    assertThat(vm.provisionedSize()).isEqualTo(10L << 30);
    var volume = around.volume(Surroundings.volumeId(around.disks(vm).getFirst()));
    assertThat(volume.name()).isEqualTo(volumeName);
    assertThat(volume.elfStoragePolicy())
        .isEqualTo(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION);
  }

  @Test
  void mirrorsTraffic() {
    var vm = CreateVmWithNic.create(client, around.clusterId(), name("vm"), vlanId());
    assertThat(around.nics(vm)).extracting(VmNic::mirror).containsExactly(true);
  }

  private String vlanId() {
    return around.vlans().getFirst().id();
  }
}

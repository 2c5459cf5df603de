package io.belfry.examples.vm.edit;

import static io.belfry.examples.Surroundings.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.VmDisk;
import io.belfry.sdk.model.VmNic;
import io.belfry.sdk.model.VmStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 编辑虚拟机
@ExtendWith(RunningServer.class)
final class EditExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  EditExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void editsBasicInfo() {
    var name = name("renamed");
    var vm = EditBasicInfo.edit(client, around.blankVm().id(), name, "for a test");
    assertThat(vm.name()).isEqualTo(name);
    assertThat(vm.description()).isEqualTo("for a test");
    assertThat(vm.ha()).isFalse();
    assertThat(vm.vcpu()).isEqualTo(4);
    assertThat(vm.memory()).isEqualTo(1L << 30);
  }

  @Test
  void addsAndRemovesACdRom() {
    var image = around.image();
    var vm = AddCdRom.add(client, around.blankVm().id(), image.id());
    assertThat(around.disks(vm)).extracting(Surroundings::imageId).containsExactly(image.id());
    var drives = around.disks(vm).stream().map(VmDisk::id).toList();
    assertThat(RemoveCdRom.remove(client, vm.id(), drives).vmDisks()).isEmpty();
  }

  @Test
  void addsAVolume() {
    var volumeName = name("volume");
    var vm = AddNewVolume.add(client, around.blankVm().id(), volumeName);
    var volume = around.volume(Surroundings.volumeId(around.disks(vm).getFirst()));
    assertThat(volume.name()).isEqualTo(volumeName);
    assertThat(volume.size()).isEqualTo(5L << 30);
  }

  @Test
  void mountsAndUnmountsAVolume() {
    var volume = around.volume();
    var vm = MountExistingVolume.mount(client, around.blankVm().id(), volume.id());
    assertThat(around.disks(vm)).extracting(Surroundings::volumeId).containsExactly(volume.id());
    var disks = around.disks(vm).stream().map(VmDisk::id).toList();
    assertThat(UnmountDisks.unmount(client, vm.id(), disks).vmDisks()).isEmpty();
    assertThat(around.volume(volume.id()).mounting()).isFalse();
  }

  @Test
  void addsEditsAndRemovesNics() {
    var vlan = around.vlans().get(0).id();
    var other = around.vlans().get(1).id();
    var vm = AddNics.add(client, around.blankVm().id(), vlan, other);
    assertThat(around.nics(vm)).extracting(VmNic::enabled).containsExactly(true, false, true);
    assertThat(around.nics(vm)).extracting(Surroundings::vlanId).containsExactly(vlan, vlan, other);

    EditNic.edit(client, vm.id(), other);
    assertThat(around.nics(vm))
        .extracting(Surroundings::vlanId)
        .containsExactly(other, vlan, other);
    assertThat(around.nics(vm).getFirst().enabled()).isFalse();

    RemoveNics.remove(client, vm.id());
    assertThat(around.nics(vm))
        .extracting(VmNic::order, VmNic::mirror)
        .containsExactly(tuple(0, true));
  }

  @Test
  void migratesToAHost() {
    var vm = around.guest(VmStatus.RUNNING);
    var host = around.hostBesides(vm);
    var moved = MigrateToHost.migrate(client, vm.id(), host.id());
    assertThat(Surroundings.hostId(moved)).isEqualTo(host.id());
    assertThat(moved.status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void migratesToAnyHost() {
    var vm = around.guest(VmStatus.RUNNING);
    var moved = MigrateToAnyHost.migrate(client, vm.id());
    assertThat(Surroundings.hostId(moved)).isNotEqualTo(Surroundings.hostId(vm));
    assertThat(moved.status()).isEqualTo(VmStatus.RUNNING);
  }
}

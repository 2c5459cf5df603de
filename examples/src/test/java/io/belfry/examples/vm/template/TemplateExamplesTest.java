package io.belfry.examples.vm.template;

import static io.belfry.examples.Surroundings.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.VmDisk;
import io.belfry.sdk.model.VmDiskType;
import io.belfry.sdk.model.VmStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 从模版创建虚拟机
@ExtendWith(RunningServer.class)
final class TemplateExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  TemplateExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void makesAVmAsTheTemplateIs() {
    var template = around.template();
    var vm =
        CreateFromTemplate.create(client, template.name(), around.cluster().name(), name("vm"));
    assertThat(vm.status()).isEqualTo(VmStatus.STOPPED);
    assertThat(vm.vcpu()).isEqualTo(template.vcpu());
    assertThat(vm.memory()).isEqualTo(template.memory());
    assertThat(vm.entityAsyncStatus()).isNull();
    assertThat(around.disks(vm)).hasSameSizeAs(template.vmDisks());
    assertThat(around.nics(vm)).hasSameSizeAs(template.vmNics());
  }

  @Test
  void refusesATemplateThatIsNotThere() {
    var cluster = around.cluster().name();
    assertThatThrownBy(() -> CreateFromTemplate.create(client, "nothing", cluster, name("vm")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no template nothing");
  }

  @Test
  void changesDisks() {
    var volume = around.volume();
    var vm =
        CreateFromTemplateWithOtherDisks.create(
            client, around.template().name(), around.cluster().name(), name("vm"), volume.id());
    assertThat(around.disks(vm))
        .extracting(VmDisk::type)
        .containsExactly(VmDiskType.CD_ROM, VmDiskType.DISK, VmDiskType.DISK);
    assertThat(around.disks(vm)).extracting(VmDisk::boot).containsExactly(2, 3, 4);
    assertThat(around.disks(vm).get(1).vmVolume()).isNotNull();
    assertThat(around.volume(volume.id()).mounting()).isTrue();
  }

  @Test
  void changesNics() {
    var vlan = around.vlans().get(1);
    var vm =
        CreateFromTemplateWithOtherNics.create(
            client, around.template().name(), around.cluster().name(), name("vm"), vlan.id());
    assertThat(around.nics(vm)).extracting(Surroundings::vlanId).containsExactly(vlan.id());
  }
}

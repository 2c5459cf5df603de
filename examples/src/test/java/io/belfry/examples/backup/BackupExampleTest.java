package io.belfry.examples.backup;

import static io.belfry.examples.Surroundings.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.ConsistentType;
import io.belfry.sdk.model.VmStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 虚拟机备份
@ExtendWith(RunningServer.class)
final class BackupExampleTest {
  private final ApiClient client;
  private final Surroundings around;

  BackupExampleTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void backsUpAStoppedVm() {
    var vm = around.guest(VmStatus.STOPPED);
    var backup = BackUpVm.backUp(client, vm.name(), name("snapshot"));
    assertThat(backup.snapshot().consistentType()).isEqualTo(ConsistentType.CRASH_CONSISTENT);
    assertThat(backup.snapshot().memory()).isEqualTo(vm.memory());
    assertThat(backup.lunSnapshots()).hasSameSizeAs(around.disks(vm));
  }

  @Test
  void backsUpFileSystemsOfAGuestWithTools() {
    var vm = around.guest(VmStatus.RUNNING);
    var backup = BackUpVm.backUp(client, vm.name(), name("snapshot"));
    assertThat(backup.snapshot().consistentType()).isEqualTo(ConsistentType.FILE_SYSTEM_CONSISTENT);
  }
}

package io.belfry.examples.vm.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 虚拟机电源操作
@ExtendWith(RunningServer.class)
final class PowerExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  PowerExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void starts() {
    assertThat(StartVm.start(client, stopped(1).getFirst()).status()).isEqualTo(VmStatus.RUNNING);
    assertAll(VmStatus.RUNNING, StartVms.start(client, stopped(2)));
  }

  @Test
  void startsOnAHost() {
    var vm = around.guest(VmStatus.STOPPED);
    var host = around.hostBesides(vm);
    var started = StartVmOnHost.start(client, vm.id(), host.id());
    assertThat(started.status()).isEqualTo(VmStatus.RUNNING);
    assertThat(Surroundings.hostId(started)).isEqualTo(host.id());
  }

  @Test
  void shutsDown() {
    assertThat(ShutDownVm.shutDown(client, running(1).getFirst()).status())
        .isEqualTo(VmStatus.STOPPED);
    assertAll(VmStatus.STOPPED, ShutDownVms.shutDown(client, running(2)));
  }

  @Test
  void powersOff() {
    assertThat(PowerOffVm.powerOff(client, running(1).getFirst()).status())
        .isEqualTo(VmStatus.STOPPED);
    assertAll(VmStatus.STOPPED, PowerOffVms.powerOff(client, running(2)));
  }

  @Test
  void restarts() {
    assertThat(RestartVm.restart(client, running(1).getFirst()).status())
        .isEqualTo(VmStatus.RUNNING);
    assertAll(VmStatus.RUNNING, RestartVms.restart(client, running(2)));
  }

  @Test
  void restartsByForce() {
    assertThat(ForceRestartVm.restart(client, running(1).getFirst()).status())
        .isEqualTo(VmStatus.RUNNING);
    assertAll(VmStatus.RUNNING, ForceRestartVms.restart(client, running(2)));
  }

  @Test
  void suspendsAndResumesOne() {
    var id = running(1).getFirst();
    assertThat(SuspendVm.suspend(client, id).status()).isEqualTo(VmStatus.SUSPENDED);
    assertThat(ResumeVm.resume(client, id).status()).isEqualTo(VmStatus.RUNNING);
  }

  @Test
  void suspendsAndResumesSeveral() {
    var ids = running(2);
    assertAll(VmStatus.SUSPENDED, SuspendVms.suspend(client, ids));
    assertAll(VmStatus.RUNNING, ResumeVms.resume(client, ids));
  }

  private List<String> running(int count) {
    return ids(around.guests(count, VmStatus.RUNNING));
  }

  private List<String> stopped(int count) {
    return ids(around.guests(count, VmStatus.STOPPED));
  }

  private static List<String> ids(List<Vm> vms) {
    return vms.stream().map(Vm::id).toList();
  }

  private static void assertAll(VmStatus status, List<Vm> vms) {
    assertThat(vms).extracting(Vm::status).containsExactly(status, status);
  }
}

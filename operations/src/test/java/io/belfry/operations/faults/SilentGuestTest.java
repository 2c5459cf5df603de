package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilentGuestTest {
  private final Site site = new Site();
  private final String vm =
      site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING'").path("id").asText();

  @BeforeEach
  void silence() {
    site.hold(
        new FaultRule("silence", Target.ANY, Frequency.ALWAYS, new Trouble.GuestIgnoresShutdown()));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void failsToShutDown() throws InterruptedException {
    var task = site.failed("shutdown-vm", where(vm));

    assertThat(task.errorMessage()).contains("JOB_VM_SHUTDOWN_TIMEOUT");
    assertThat(site.vmById(vm).path("status").asText()).isEqualTo("RUNNING");
    assertThat(site.faultLedger().counts("silence").struck()).isOne();
  }

  @Test
  void isResetWhenItShallRestart() throws InterruptedException {
    site.done("restart-vm", where(vm));

    assertThat(site.vmById(vm).path("status").asText()).isEqualTo("RUNNING");
    assertThat(site.faultLedger().counts("silence").struck()).isOne();
  }

  @Test
  void canBePoweredOff() throws InterruptedException {
    site.done("poweroff-vm", where(vm));

    assertThat(site.vmById(vm).path("status").asText()).isEqualTo("STOPPED");
  }
}

package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.always;
import static io.belfry.operations.faults.FaultyCalls.newVm;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import io.belfry.store.rows.TaskStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusedCallTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void failsTheTaskAndUnlocksTheVm() throws InterruptedException {
    var id = site.vm("'status': 'STOPPED'").path("id").asText();
    site.hold(always("start", new Trouble.Refuse(Refusal.BROKEN)));

    var task = site.failed("start-vm", where(id));

    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.errorMessage()).contains("HYPERVISOR_BROKEN", "a fault rule says so");
    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(task.resourceRollbackRetryCount()).isZero();
    assertThat(task.resourceRollbackError()).isNull();
    var vm = site.vmById(id);
    assertThat(vm.path("status").asText()).isEqualTo("STOPPED");
    assertThat(vm.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(site.faultLedger().counts("start").struck()).isOne();
  }

  @Test
  void leavesNothingOfAVmThatCannotBeDefined() throws InterruptedException {
    var volumes = site.list("VmVolume", "{}").size();
    site.hold(always("define", new Trouble.Refuse(Refusal.CONFLICT)));

    var task = site.failed("create-vm", newVm(site, "refused"));

    assertThat(task.errorMessage()).contains("RESOURCE_CONFLICT");
    assertThat(site.list("Vm", "{'where': {'name': 'refused'}}")).isEmpty();
    assertThat(site.list("VmVolume", "{}")).hasSize(volumes);
    assertThat(site.list("VmVolume", "{'where': {'name': 'refused-1'}}")).isEmpty();
  }

  @Test
  void letsTheSameRequestSucceedAfterwards() throws InterruptedException {
    var id = site.vm("'status': 'STOPPED'").path("id").asText();
    site.hold(always("start", new Trouble.Refuse(Refusal.HOST_UNAVAILABLE)));
    assertThat(site.failed("start-vm", where(id)).errorMessage()).contains("HOST_UNAVAILABLE");

    site.hold();
    site.done("start-vm", where(id));

    assertThat(site.vmById(id).path("status").asText()).isEqualTo("RUNNING");
  }
}

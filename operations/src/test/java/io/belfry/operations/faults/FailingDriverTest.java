package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.always;
import static io.belfry.operations.faults.FaultyCalls.first;
import static io.belfry.operations.faults.FaultyCalls.newVm;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.simulator.faults.Ledger;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailingDriverTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void makesOneVmThoughEveryStepFailsAfterItsEffect() throws InterruptedException {
    var fail = new Trouble.Fail(When.AFTER);
    site.hold(first(1, "createVolume", fail), first(1, "define", fail), first(1, "start", fail));

    var ids = site.done("create-vm", newVm(site, "once"));

    assertThat(site.vmById(ids.getFirst()).path("status").asText()).isEqualTo("RUNNING");
    assertThat(site.list("Vm", "{'where': {'name': 'once'}}")).hasSize(1);
    assertThat(site.list("VmVolume", "{'where': {'name': 'once-1'}}")).hasSize(1);
    assertThat(site.list("VmNic", "{}"))
        .extracting(nic -> nic.path("mac_address").asText())
        .doesNotHaveDuplicates();
    assertThat(site.faultLedger().counts("createVolume")).isEqualTo(new Ledger.Counts(4, 1));
  }

  @Test
  void givesUpWhatNeverWorks() throws InterruptedException {
    var id = site.vm("'status': 'STOPPED'").path("id").asText();
    site.hold(always("start", new Trouble.Fail(When.BEFORE)));

    var task = site.failed("start-vm", where(id));

    assertThat(task.errorMessage()).contains("INTERNAL").doesNotContain("fault rule");
    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(site.faultLedger().counts("start").struck()).isEqualTo(5);
    assertThat(site.vmById(id).path("entityAsyncStatus").isNull()).isTrue();
  }
}

package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.first;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import io.belfry.store.rows.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HangingCallTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void keepsTheTaskAliveAndLetsOthersGoOn() throws InterruptedException {
    var stopped = site.vm("'status': 'STOPPED'").path("id").asText();
    var running = site.vm("'status': 'RUNNING'").path("id").asText();
    site.hold(first(1, "start", new Trouble.Hang(When.BEFORE)));
    var answer = site.call("start-vm", where(stopped)).path(0);
    while (site.faultLedger().counts("start").struck() == 0) {
      Thread.onSpinWait();
    }
    var lease = leaseUntil();

    site.done("poweroff-vm", where(running));
    while (leaseUntil().equals(lease)) {
      Thread.onSpinWait();
    }

    assertThat(site.vmById(running).path("status").asText()).isEqualTo("STOPPED");
    assertThat(site.task(answer).status()).isEqualTo(TaskStatus.EXECUTING);
    assertThat(site.vmById(stopped).path("entityAsyncStatus").asText()).isEqualTo("UPDATING");
    site.hold();
    site.await(1);
    assertThat(site.task(answer).status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(site.faultLedger().counts("start").matched()).isOne();
  }

  @Test
  void deletesAVmThatIsGoneWhenTheCallGoesOn() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING'");
    site.hold(first(1, "powerOff", new Trouble.Hang(When.BEFORE)));
    var answer = site.call("delete-vm", where(vm.path("id").asText())).path(0);
    while (site.faultLedger().counts("powerOff").struck() == 0) {
      Thread.onSpinWait();
    }
    var gone = new VmId(vm.path("local_id").asText());
    site.simulator().powerOff(gone);
    site.simulator().undefine(gone);

    site.hold();

    site.await(1);
    assertThat(site.task(answer).status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(site.list("Vm", "{'where': {'id': '%s'}}".formatted(vm.path("id").asText())))
        .isEmpty();
  }

  private String leaseUntil() {
    return site.store()
        .read(transaction ->
            transaction.query(
                "SELECT lease_until::text FROM belfry.task_queue WHERE operation = 'start-vm'",
                List.of(),
                row -> row.text(1)))
        .getFirst();
  }
}

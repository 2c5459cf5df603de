package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.first;
import static io.belfry.operations.faults.FaultyCalls.newVm;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.simulator.faults.Ledger;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenConnectionTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void triesAgainUntilTheHypervisorAnswers() throws InterruptedException {
    var id = site.vm("'status': 'STOPPED'").path("id").asText();
    site.hold(first(2, "start", new Trouble.Reset(When.BEFORE)));

    site.done("start-vm", where(id));

    assertThat(site.vmById(id).path("status").asText()).isEqualTo("RUNNING");
    assertThat(site.faultLedger().counts("start")).isEqualTo(new Ledger.Counts(3, 2));
  }

  @Test
  void doesNothingTwiceWhenTheAnswerWasLost() throws InterruptedException {
    var reset = new Trouble.Reset(When.AFTER);
    site.hold(first(1, "createVolume", reset), first(1, "define", reset), first(1, "start", reset));

    var ids = site.done("create-vm", newVm(site, "once"));

    assertThat(site.list("Vm", "{'where': {'name': 'once'}}")).hasSize(1);
    assertThat(site.vmById(ids.getFirst()).path("status").asText()).isEqualTo("RUNNING");
    assertThat(seen()).filteredOn(vm -> vm.definition().name().equals("once")).hasSize(1);
    assertThat(site.list("VmVolume", "{'where': {'name': 'once-1'}}")).hasSize(1);
    assertThat(site.list("VmNic", "{}"))
        .extracting(nic -> nic.path("mac_address").asText())
        .doesNotHaveDuplicates();
    assertThat(site.faultLedger().counts("start")).isEqualTo(new Ledger.Counts(2, 1));
  }

  /// A hypervisor that was asked once more could refuse.
  @ParameterizedTest
  @CsvSource({
    "start-vm, start, STOPPED, RUNNING",
    "suspend-vm, suspend, RUNNING, SUSPENDED",
    "resume-vm, resume, SUSPENDED, RUNNING",
    "migrate-vm, migrate, RUNNING, RUNNING"
  })
  void asksForNothingThatIsDoneAlready(String path, String call, String from, String to)
      throws InterruptedException {
    var id = site.vm("'status': '%s'".formatted(from)).path("id").asText();
    site.hold(first(1, call, new Trouble.Reset(When.AFTER)));

    site.done(path, where(id));

    assertThat(site.vmById(id).path("status").asText()).isEqualTo(to);
    assertThat(site.faultLedger().counts(call)).isEqualTo(new Ledger.Counts(1, 1));
  }

  @Test
  void takesNothingBackWhileItMayGoOn() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    site.hold(first(1, "attach", new Trouble.Reset(When.AFTER)));

    site.done(
        "add-vm-disk",
        """
        {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [
          {'boot': 5, 'bus': 'VIRTIO', 'vm_volume': {'name': 'more', 'size': 1, 'size_unit': 'GB',
           'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}
        """
            .formatted(vm.path("id").asText()));

    assertThat(disks(vm)).hasSize(1);
  }

  private List<JsonNode> disks(JsonNode vm) {
    return site.list(
        "VmDisk",
        "{'where': {'vm': {'id': '%s'}, 'vm_volume': {'name': 'more'}}}"
            .formatted(vm.path("id").asText()));
  }

  private List<VmSeen> seen() {
    return site
        .list("Host", "{'where': {'status_in': ['CONNECTED_HEALTHY', 'CONNECTED_WARNING']}}")
        .stream()
        .map(host -> new HostId(host.path("local_id").asText()))
        .flatMap(host -> site.simulator().observeAll(host).stream())
        .toList();
  }
}

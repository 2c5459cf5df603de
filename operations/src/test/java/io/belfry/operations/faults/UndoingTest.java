package io.belfry.operations.faults;

import static io.belfry.operations.faults.FaultyCalls.always;
import static io.belfry.operations.faults.FaultyCalls.first;
import static io.belfry.operations.faults.FaultyCalls.newVm;
import static io.belfry.operations.faults.FaultyCalls.where;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import io.belfry.store.rows.TaskRow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tasks that fail after they have done something in the hypervisor.
class UndoingTest {
  private static final Trouble BUG = new Trouble.Fail(When.AFTER);

  private final Site site = Site.withoutPatience();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void leavesNothingOfAVmThatIsGivenUp() throws InterruptedException {
    site.hold(always("start", BUG));
    var answer = site.call("create-vm", newVm(site, "given up"));
    var vm = new VmId(localId("Vm", "given up").replace("placeholder-", ""));
    var volume = new VolumeId(localId("VmVolume", "given up-1"));

    var task = ended(answer);

    assertThat(task.errorCode()).isEqualTo("INTERNAL");
    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(site.simulator().observe(vm)).isEmpty();
    assertThat(site.simulator().observeVolume(volume)).isEmpty();
    assertThat(site.list("Vm", "{'where': {'name': 'given up'}}")).isEmpty();
  }

  @Test
  void deletesWhatCouldNotBeDeletedAtFirst() throws InterruptedException {
    site.hold(always("start", BUG), first(1, "deleteVolume", new Trouble.Reset(When.BEFORE)));
    var answer = site.call("create-vm", newVm(site, "given up"));
    var volume = new VolumeId(localId("VmVolume", "given up-1"));

    var task = ended(answer);

    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(site.simulator().observeVolume(volume)).isEmpty();
  }

  @Test
  void saysWhatCouldNotBeDeleted() throws InterruptedException {
    site.hold(always("start", BUG), always("deleteVolume", new Trouble.Fail(When.BEFORE)));

    var task = ended(site.call("create-vm", newVm(site, "given up")));

    assertThat(task.resourceRollbacked()).isFalse();
    assertThat(task.resourceRollbackError()).contains("deleteVolume");
    assertThat(site.list("Vm", "{'where': {'name': 'given up'}}")).isEmpty();
  }

  @Test
  void leavesNoDiskInAVm() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING'");
    var devices = devices(vm);
    site.hold(always("attach", BUG));
    var answer =
        site.call(
            "add-vm-disk",
            """
            {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [
              {'boot': 5, 'bus': 'VIRTIO', 'vm_volume': {'name': 'more', 'size': 1,
               'size_unit': 'GB', 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}
            """
                .formatted(vm.path("id").asText()));
    var volume = new VolumeId(localId("VmVolume", "more"));

    assertThat(ended(answer).resourceRollbacked()).isTrue();

    assertThat(devices(vm)).isEqualTo(devices);
    assertThat(site.simulator().observeVolume(volume)).isEmpty();
  }

  @Test
  void leavesNoNicInAVm() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING', 'vm_nics_some': {}");
    var devices = devices(vm);
    var vlan = site.first("VmNic", "{'vm': {'id': '%s'}}".formatted(vm.path("id").asText()));
    site.hold(always("attach", BUG));

    var answer =
        site.call(
            "add-vm-nic",
            "{'where': {'id': '%s'}, 'data': {'vm_nics': [{'connect_vlan_id': '%s'}]}}"
                .formatted(vm.path("id").asText(), vlan.at("/vlan/id").asText()));

    assertThat(ended(answer).resourceRollbacked()).isTrue();
    assertThat(devices(vm)).isEqualTo(devices);
  }

  @Test
  void showsThatAVmRunsWhoseStartIsGivenUp() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    site.hold(always("start", BUG));

    var task = ended(site.call("start-vm", where(id(vm))));

    assertThat(task.errorCode()).isEqualTo("INTERNAL");
    assertThat(seen(vm).power()).isEqualTo(PowerState.RUNNING);
    assertThat(site.vmById(id(vm)).path("status").asText()).isEqualTo("RUNNING");
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void showsTheSizeOfAVmWhoseUpdateIsGivenUp() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    var memory = vm.path("memory").longValue() + (1L << 30);
    site.hold(always("resize", BUG));

    var task =
        ended(
            site.call(
                "update-vm-basic-info",
                "{'where': {'id': '%s'}, 'data': {'memory': %s}}"
                    .formatted(vm.path("id").asText(), memory)));

    assertThat(task.errorCode()).isEqualTo("INTERNAL");
    assertThat(seen(vm).definition().memoryBytes()).isEqualTo(memory);
    assertThat(site.vmById(id(vm)).path("memory").longValue()).isEqualTo(memory);
  }

  @Test
  void showsWhereAVmIsThoughItsHostIsLostMeanwhile() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING'");
    var hang =
        new FaultRule(
            "hang", Target.ofCalls("migrate"), Frequency.ALWAYS, new Trouble.Hang(When.AFTER));
    site.hold(hang, always("migrate", BUG));
    var answer = site.call("migrate-vm", where(id(vm)));
    site.startTasks();
    while (site.faultLedger().counts("hang").struck() == 0) {
      Thread.onSpinWait();
    }
    var host = seen(vm).host();
    site.simulator().changeHost(host, HostState.UNREACHABLE);

    site.hold();

    site.await(1);
    assertThat(site.task(answer.path(0)).errorCode()).isEqualTo("INTERNAL");
    assertThat(seen(vm).power()).isEqualTo(PowerState.UNKNOWN);
    var shown = site.vmById(id(vm));
    assertThat(shown.path("status").asText()).isEqualTo("RUNNING");
    assertThat(shown.at("/host/id").asText())
        .isNotEqualTo(vm.at("/host/id").asText())
        .isEqualTo(
            site.first("Host", "{'local_id': '%s'}".formatted(host.value())).path("id").asText());
  }

  @Test
  void leavesNoVolume() throws InterruptedException {
    site.hold(always("createVolume", BUG));
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}").path("id").asText();
    var answer =
        site.call(
            "create-vm-volume",
            """
            [{'cluster_id': '%s', 'name': 'alone', 'size': 1, 'size_unit': 'GB', 'sharing': false,
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}]
            """
                .formatted(cluster));
    var volume = new VolumeId(localId("VmVolume", "alone"));

    assertThat(ended(answer).resourceRollbacked()).isTrue();
    assertThat(site.simulator().observeVolume(volume)).isEmpty();
  }

  @Test
  void leavesNoSnapshot() throws InterruptedException {
    site.hold(always("snapshot", BUG));
    var vm = site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}").path("id").asText();
    var answer =
        site.call(
            "create-vm-snapshot",
            "{'data': [{'vm_id': '%s', 'name': 'lost', 'consistent_type': 'CRASH_CONSISTENT'}]}"
                .formatted(vm));
    var snapshots = snapshots();

    assertThat(ended(answer).resourceRollbacked()).isTrue();
    assertThat(snapshots).isNotEmpty();
    for (var snapshot : snapshots) {
      assertThat(site.simulator().observeSnapshot(snapshot)).isEmpty();
    }
  }

  private static String id(JsonNode vm) {
    return vm.path("id").asText();
  }

  private VmSeen seen(JsonNode vm) throws InterruptedException {
    return site.simulator().observe(new VmId(vm.path("local_id").asText())).orElseThrow();
  }

  private TaskRow ended(JsonNode answer) throws InterruptedException {
    site.startTasks();
    site.await(1);
    return site.task(answer.path(0));
  }

  private String localId(String entity, String name) {
    return site.first(entity, "{'name': '%s'}".formatted(name)).path("local_id").asText();
  }

  private List<?> devices(JsonNode vm) throws InterruptedException {
    return site.simulator()
        .observe(new VmId(vm.path("local_id").asText()))
        .orElseThrow()
        .definition()
        .devices();
  }

  private List<SnapshotId> snapshots() {
    return site.store()
        .read(transaction ->
            transaction.query(
                """
                SELECT lun ->> 'snapshot'
                FROM belfry.task_queue, jsonb_array_elements(payload -> 'luns') AS lun
                """,
                List.of(),
                row -> new SnapshotId(row.text(1))));
  }
}

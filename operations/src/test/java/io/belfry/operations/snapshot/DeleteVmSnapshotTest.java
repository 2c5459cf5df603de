package io.belfry.operations.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteVmSnapshotTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void deletesSnapshotsWithTheirLunSnapshots() throws InterruptedException {
    var snapshot = snapshot();
    var luns = lunSnapshots(snapshot);
    assertThat(luns).isNotEmpty();

    var ids = site.done("delete-vm-snapshot", where(snapshot));

    assertThat(ids).containsExactly(snapshot.path("id").asText());
    assertThat(site.list("VmSnapshot", where(snapshot))).isEmpty();
    assertThat(lunSnapshots(snapshot)).isEmpty();
    for (var lun : luns) {
      assertThat(site.simulator().observeSnapshot(snapshotId(lun))).isEmpty();
    }
    var vm = site.vmById(snapshot.at("/vm/id").asText());
    assertThat(vm.path("snapshots").findValuesAsText("id"))
        .doesNotContain(snapshot.path("id").asText());
  }

  @Test
  void showsThatASnapshotIsBeingDeleted() throws InterruptedException {
    var snapshot = snapshot();

    var answer = site.call("delete-vm-snapshot", where(snapshot));
    site.await(1);

    assertThat(answer.at("/0/data").size()).isOne();
    var task = site.task(answer.path(0));
    assertThat(task.description().enUs()).isEqualTo("Delete VM snapshot nightly");
    assertThat(task.resourceMutation()).isEqualTo("deleteVmSnapshot");
    assertThat(task.clusterId()).isEqualTo(snapshot.at("/cluster/id").asText());
  }

  @Test
  void refusesASnapshotThatATaskChanges() throws InterruptedException {
    try (var waiting = Site.withWaitingTasks()) {
      var id =
          waiting.first("VmSnapshot", "{'cluster': {'hypervisor': 'ELF'}}").path("id").asText();
      var body = "{'where': {'id': '%s'}}".formatted(id);
      waiting.call("delete-vm-snapshot", body);

      var marked = waiting.first("VmSnapshot", "{'id': '%s'}".formatted(id));
      assertThat(marked.path("entityAsyncStatus").asText()).isEqualTo("DELETING");
      assertThatThrownBy(() -> waiting.call("delete-vm-snapshot", body))
          .hasMessage("Resource [VM_SNAPSHOT-%s] locked".formatted(id));
      waiting.startTasks();
      waiting.await(1);
    }
  }

  @Test
  void forgetsWhatIsGoneWhenTheRestCannotBeDeleted() throws InterruptedException {
    var snapshot = snapshotOfTwoDisks();
    var luns = lunSnapshots(snapshot);
    site.hold(
        new FaultRule(
            "second",
            Target.ofCalls("deleteSnapshot"),
            Frequency.every(2),
            new Trouble.Refuse(Refusal.BROKEN)));

    var task = site.failed("delete-vm-snapshot", where(snapshot));

    assertThat(task.errorMessage()).contains("HYPERVISOR_BROKEN");
    var left = site.first("VmSnapshot", "{'id': '%s'}".formatted(snapshot.path("id").asText()));
    assertThat(left.path("entityAsyncStatus").isNull()).isTrue();
    var kept = lunSnapshots(snapshot);
    assertThat(kept).hasSize(luns.size() - 1);
    for (var lun : kept) {
      assertThat(site.simulator().observeSnapshot(snapshotId(lun))).isPresent();
    }

    site.hold();
    site.done("delete-vm-snapshot", where(snapshot));
    assertThat(site.list("VmSnapshot", where(snapshot))).isEmpty();
  }

  @Test
  void answersNothingWhereNoSnapshotIsSelected() {
    assertThat(site.call("delete-vm-snapshot", "{'where': {'id': 'nobody'}}")).isEmpty();
  }

  private JsonNode snapshot() throws InterruptedException {
    return snapshot(site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}"));
  }

  private JsonNode snapshotOfTwoDisks() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    for (var name : List.of("one", "other")) {
      site.done(
          "add-vm-disk",
          """
          {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [
            {'boot': 8, 'bus': 'VIRTIO', 'vm_volume': {'name': '%s', 'size': 1, 'size_unit': 'GB',
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}
          """
              .formatted(vm.path("id").asText(), name));
    }
    return snapshot(vm);
  }

  private JsonNode snapshot(JsonNode vm) throws InterruptedException {
    var ids =
        site.done(
            "create-vm-snapshot",
            "{'data': [{'vm_id': '%s', 'name': 'nightly'}]}".formatted(vm.path("id").asText()));
    return site.first("VmSnapshot", "{'id': '%s'}".formatted(ids.getFirst()));
  }

  /// The rows of the LUN snapshots that a VM snapshot names.
  private List<JsonNode> lunSnapshots(JsonNode snapshot) {
    var names =
        StreamSupport.stream(snapshot.path("vm_disks").spliterator(), false)
            .map(disk -> disk.path("snapshot_local_id").asText())
            .filter(name -> !name.isEmpty())
            .map("'%s'"::formatted)
            .toList();
    return site.list(
        "IscsiLunSnapshot", "{'where': {'name_in': [%s]}}".formatted(String.join(", ", names)));
  }

  private static SnapshotId snapshotId(JsonNode lun) {
    return new SnapshotId(lun.path("local_id").asText());
  }

  private static String where(JsonNode snapshot) {
    return "{'where': {'id': '%s'}}".formatted(snapshot.path("id").asText());
  }
}

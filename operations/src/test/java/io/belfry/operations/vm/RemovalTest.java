package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void bins() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING'");
    var id = vm.path("id").asText();

    var answer = site.call("move-vm-to-recycle", where(id));
    site.await(1);

    assertThat(answer.path(0).path("data").size()).isEqualTo(1);
    var binned = site.vmById(id);
    assertThat(binned.path("in_recycle_bin").booleanValue()).isTrue();
    assertThat(binned.path("status").asText()).isEqualTo("STOPPED");
    assertThat(binned.path("original_name")).isEqualTo(vm.path("name"));
    assertThat(binned.path("name").asText())
        .isEqualTo(vm.path("name").asText() + "-20260131080000");
    assertThat(binned.path("deleted_at").asText()).isEqualTo("2026-01-31T08:00:00.000Z");
  }

  @Test
  void refusesAllButRecoveryAndDeletionOfABinnedVm() {
    var id =
        site.first("Vm", "{'in_recycle_bin': true, 'cluster': {'hypervisor': 'ELF'}}")
            .path("id")
            .asText();

    assertThatThrownBy(() -> site.call("start-vm", where(id)))
        .hasMessageContaining("is in the recycle bin; recover it first");
  }

  @Test
  void recoversUnderTheOldName() throws InterruptedException {
    var binned = site.first("Vm", "{'in_recycle_bin': true, 'cluster': {'hypervisor': 'ELF'}}");
    var id = binned.path("id").asText();

    site.done("recover-vm-from-recycle", where(id));

    var recovered = site.vmById(id);
    assertThat(recovered.path("in_recycle_bin").booleanValue()).isFalse();
    assertThat(recovered.path("name")).isEqualTo(binned.path("original_name"));
    assertThat(recovered.path("deleted_at").isNull()).isTrue();
  }

  @Test
  void deletesARunningVmWithItsVolumes() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING', 'snapshots_none': {}").path("id").asText();
    var volumes =
        site.list("VmVolume", "{'where': {'vm_disks_some': {'vm': {'id': '%s'}}}}".formatted(id));

    site.done("delete-vm", where(id));

    assertThat(site.list("Vm", "{'where': {'id': '%s'}}".formatted(id))).isEmpty();
    assertThat(site.list("VmNic", "{'where': {'vm': {'id': '%s'}}}".formatted(id))).isEmpty();
    assertThat(volumes)
        .isNotEmpty()
        .allSatisfy(volume ->
            assertThat(
                    site.list(
                        "VmVolume",
                        "{'where': {'id': '%s'}}".formatted(volume.path("id").asText())))
                .isEmpty());
  }

  @Test
  void deletesAVmThatAFilterHasFound() throws InterruptedException {
    var id = site.vm("'entity_filter_results_some': {}").path("id").asText();

    site.done("delete-vm", where(id));

    assertThat(site.list("VmEntityFilterResult", "{'where': {'vm': {'id': '%s'}}}".formatted(id)))
        .isEmpty();
  }

  @Test
  void keepsOrRemovesSnapshotsAsAsked() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED', 'snapshots_none': {}");
    var id = vm.path("id").asText();
    var kept = snapshot(id, "kept");
    site.done("delete-vm", where(id));

    var snapshot = site.first("VmSnapshot", "{'id': '%s'}".formatted(kept));
    assertThat(snapshot.path("vm").isNull()).isTrue();

    var other = site.vm("'status': 'STOPPED', 'snapshots_none': {}").path("id").asText();
    var removed = snapshot(other, "removed");
    site.done(
        "delete-vm",
        "{'where': {'id': '%s'}, 'effect': {'include_snapshots': true}}".formatted(other));

    assertThat(site.list("VmSnapshot", "{'where': {'id': '%s'}}".formatted(removed))).isEmpty();
  }

  @Test
  void takesASnapshotWithALunSnapshotForEachDisk() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING'");
    var ids =
        site.done(
            "create-vm-snapshot",
            "{'data': [{'vm_id': '%s', 'name': 'backup', 'consistent_type': 'FILE_SYSTEM_CONSISTENT'}]}"
                .formatted(vm.path("id").asText()));

    var snapshot = site.first("VmSnapshot", "{'id': '%s'}".formatted(ids.getFirst()));
    assertThat(snapshot.path("vm").path("id")).isEqualTo(vm.path("id"));
    assertThat(snapshot.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(snapshot.path("vm_disks")).hasSize(vm.path("vm_disks").size());
    for (var disk : snapshot.path("vm_disks")) {
      if (disk.path("type").asText().equals("DISK")) {
        var name = disk.path("snapshot_local_id").asText();
        var lun = site.first("IscsiLunSnapshot", "{'name_in': ['%s']}".formatted(name));
        assertThat(lun.path("iscsi_lun").path("id").isTextual()).isTrue();
      }
    }
  }

  @Test
  void refusesAFileSystemSnapshotWithoutTools() {
    var vm = site.vm("'status': 'RUNNING', 'vm_tools_status': 'NOT_INSTALLED'");

    assertThatThrownBy(() ->
            site.call(
                "create-vm-snapshot",
                "{'data': [{'vm_id': '%s', 'name': 'x', 'consistent_type': 'FILE_SYSTEM_CONSISTENT'}]}"
                    .formatted(vm.path("id").asText())))
        .hasMessageContaining("needs running VMTools");
  }

  private String snapshot(String vmId, String name) throws InterruptedException {
    return site.done(
            "create-vm-snapshot", "{'data': [{'vm_id': '%s', 'name': '%s'}]}".formatted(vmId, name))
        .getFirst();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

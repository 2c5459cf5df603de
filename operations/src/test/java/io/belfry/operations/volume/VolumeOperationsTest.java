package io.belfry.operations.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeOperationsTest {
  private static final long GIB = 1L << 30;

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void renamesAndGrows() throws InterruptedException {
    var id = volume("small");

    site.done(
        "update-vm-volume",
        """
        {'where': {'id': '%s'},
         'data': {'name': 'big', 'description': 'grown', 'size': 2, 'size_unit': 'GB'}}
        """
            .formatted(id));

    var grown = volumeById(id);
    assertThat(grown.path("name").asText()).isEqualTo("big");
    assertThat(grown.path("description").asText()).isEqualTo("grown");
    assertThat(grown.path("size").longValue()).isEqualTo(2 * GIB);
    assertThat(grown.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(lun(grown).path("assigned_size").longValue()).isEqualTo(2 * GIB);
    assertThat(seenSize(grown)).isEqualTo(2 * GIB);
  }

  @Test
  void renamesWithoutGrowing() throws InterruptedException {
    var id = volume("old");

    var answer =
        site.call(
            "update-vm-volume", "{'where': {'id': '%s'}, 'data': {'name': 'new'}}".formatted(id));
    site.await(1);

    assertThat(site.task(answer.path(0)).description().enUs())
        .isEqualTo("Update virtual volume old");
    assertThat(volumeById(id).path("name").asText()).isEqualTo("new");
    assertThat(volumeById(id).path("size").longValue()).isEqualTo(GIB);
    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToShrink() throws InterruptedException {
    var id = volume("small");

    assertThatThrownBy(() ->
            site.call(
                "update-vm-volume",
                "{'where': {'id': '%s'}, 'data': {'size': %s}}".formatted(id, GIB - 1)))
        .hasMessage(
            "body.data.size is %s bytes: volume small has %s already, and can only grow"
                .formatted(GIB - 1, GIB));
  }

  @Test
  void growsAMountedVolumeOfARunningVm() throws InterruptedException {
    var disk = mountedDisk(site.vm("'status': 'RUNNING'"));
    var id = disk.at("/vm_volume/id").asText();
    var size = volumeById(id).path("size").longValue() + GIB;

    site.done(
        "update-vm-volume", "{'where': {'id': '%s'}, 'data': {'size': %s}}".formatted(id, size));

    assertThat(volumeById(id).path("size").longValue()).isEqualTo(size);
  }

  @Test
  void showsAVolumeAsItIsWhenGrowingFails() throws InterruptedException {
    var id = volume("small");
    refuse("resizeVolume");

    var task =
        site.failed(
            "update-vm-volume",
            "{'where': {'id': '%s'}, 'data': {'name': 'big', 'size': %s}}".formatted(id, 2 * GIB));

    assertThat(task.errorMessage()).contains("HYPERVISOR_BROKEN");
    assertThat(volumeById(id).path("name").asText()).isEqualTo("small");
    assertThat(volumeById(id).path("size").longValue()).isEqualTo(GIB);
    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void deletesAVolumeAndKeepsItsSnapshots() throws InterruptedException {
    var id = volume("gone");
    var snapshot = snapshot(id, "kept");
    var seen = new VolumeId(volumeById(id).path("local_id").asText());
    var lun = volumeById(id).at("/lun/id").asText();

    site.done("delete-vm-volume", where(id));

    assertThat(site.list("VmVolume", where(id))).isEmpty();
    assertThat(site.list("IscsiLun", where(lun))).isEmpty();
    assertThat(site.simulator().observeVolume(seen)).isEmpty();
    assertThat(snapshotById(snapshot).path("vm_volume").isNull()).isTrue();
  }

  @Test
  void deletesAVolumeWithItsSnapshots() throws InterruptedException {
    var id = volume("gone");
    var snapshot = snapshotById(snapshot(id, "gone too"));

    site.done(
        "delete-vm-volume",
        "{'where': {'id': '%s'}, 'effect': {'include_snapshots': true}}".formatted(id));

    assertThat(site.list("VmVolumeSnapshot", where(snapshot.path("id").asText()))).isEmpty();
    assertThat(site.simulator().observeSnapshot(snapshotId(snapshot))).isEmpty();
  }

  @Test
  void refusesToDeleteAMountedVolume() {
    var vm = site.vm("'status': 'STOPPED'");
    var volume = mountedDisk(vm).at("/vm_volume/id").asText();

    assertThatThrownBy(() -> site.call("delete-vm-volume", where(volume)))
        .hasMessageContaining("is mounted by VM " + vm.path("name").asText());
  }

  @Test
  void keepsAVolumeThatCannotBeDeleted() throws InterruptedException {
    var id = volume("stubborn");
    var gone = snapshot(id, "gone");
    refuse("deleteVolume");

    site.failed(
        "delete-vm-volume",
        "{'where': {'id': '%s'}, 'effect': {'include_snapshots': true}}".formatted(id));

    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(site.list("VmVolumeSnapshot", where(gone))).isEmpty();
    site.hold();
    site.done("delete-vm-volume", where(id));
  }

  @Test
  void takesASnapshot() throws InterruptedException {
    var id = volume("kept");

    var snapshot = snapshotById(snapshot(id, "monday"));

    assertThat(snapshot.path("name").asText()).isEqualTo("monday");
    assertThat(snapshot.path("description").asText()).isEqualTo("of the tests");
    assertThat(snapshot.at("/vm_volume/id").asText()).isEqualTo(id);
    assertThat(snapshot.path("volume_size").longValue()).isEqualTo(GIB);
    assertThat(snapshot.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(site.simulator().observeSnapshot(snapshotId(snapshot))).isPresent();
  }

  @Test
  void leavesNoSnapshotThatCannotBeTaken() throws InterruptedException {
    var id = volume("kept");
    refuse("snapshot");

    site.failed("create-vm-volume-snapshot", snapshotBody(id, "never"));

    assertThat(site.list("VmVolumeSnapshot", "{'where': {'name': 'never'}}")).isEmpty();
    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void deletesASnapshot() throws InterruptedException {
    var snapshot = snapshotById(snapshot(volume("kept"), "monday"));

    site.done("delete-vm-volume-snapshot", where(snapshot.path("id").asText()));

    assertThat(site.list("VmVolumeSnapshot", where(snapshot.path("id").asText()))).isEmpty();
    assertThat(site.simulator().observeSnapshot(snapshotId(snapshot))).isEmpty();
  }

  @Test
  void rollsBack() throws InterruptedException {
    var id = volume("changed");
    var snapshot = snapshot(id, "before");
    site.done(
        "update-vm-volume", "{'where': {'id': '%s'}, 'data': {'size': %s}}".formatted(id, 2 * GIB));

    var ids = site.done("rollback-vm-volume", rollback(snapshot));

    assertThat(ids).containsExactly(id);
    assertThat(volumeById(id).path("size").longValue()).isEqualTo(GIB);
    assertThat(lun(volumeById(id)).path("assigned_size").longValue()).isEqualTo(GIB);
    assertThat(volumeById(id).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(snapshotById(snapshot).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToRollBackUnderARunningVm() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING'");
    var snapshot = snapshot(mountedDisk(vm).at("/vm_volume/id").asText(), "before");

    assertThatThrownBy(() -> site.call("rollback-vm-volume", rollback(snapshot)))
        .hasMessage("VM %s is RUNNING, expected STOPPED".formatted(vm.path("name").asText()));
  }

  @Test
  void refusesToRollBackAVolumeThatIsGone() throws InterruptedException {
    var id = volume("gone");
    var snapshot = snapshot(id, "left");
    site.done("delete-vm-volume", where(id));

    assertThatThrownBy(() -> site.call("rollback-vm-volume", rollback(snapshot)))
        .hasMessageContaining("the volume of snapshot left is gone; rebuild-vm-volume");
  }

  @Test
  void rebuildsAVolumeThatIsGone() throws InterruptedException {
    var id = volume("gone");
    var snapshot = snapshot(id, "left");
    site.done("delete-vm-volume", where(id));

    var ids =
        site.done(
            "rebuild-vm-volume",
            "[{'volume_snapshot_id': '%s', 'name': 'again', 'description': 'rebuilt'}]"
                .formatted(snapshot));

    var rebuilt = volumeById(ids.getFirst());
    assertThat(rebuilt.path("name").asText()).isEqualTo("again");
    assertThat(rebuilt.path("description").asText()).isEqualTo("rebuilt");
    assertThat(rebuilt.path("size").longValue()).isEqualTo(GIB);
    assertThat(rebuilt.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(seenSize(rebuilt)).isEqualTo(GIB);
    assertThat(snapshotById(snapshot).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void clonesAMountedVolume() throws InterruptedException {
    var source = mountedDisk(site.vm("'status': 'RUNNING'")).at("/vm_volume/id").asText();

    var ids = site.done("clone-vm-volume", clone(source));

    var clone = volumeById(ids.getFirst());
    assertThat(clone.path("size")).isEqualTo(volumeById(source).path("size"));
    assertThat(clone.path("mounting").booleanValue()).isFalse();
    assertThat(clone.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(volumeById(source).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void leavesNothingOfACloneThatFails() throws InterruptedException {
    var source = volume("source");
    refuse("copyVolume");

    site.failed("clone-vm-volume", clone(source));

    assertThat(site.list("VmVolume", "{'where': {'name': 'clone'}}")).isEmpty();
    assertThat(volumeById(source).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void locksWhatItCopies() {
    try (var waiting = Site.withWaitingTasks()) {
      var source = waiting.first("VmVolume", "{'cluster': {'hypervisor': 'ELF'}}").path("id");
      waiting.call("clone-vm-volume", clone(source.asText()));

      assertThatThrownBy(() -> waiting.call("delete-vm-volume", where(source.asText())))
          .hasMessage("Resource [VM_VOLUME-%s] locked".formatted(source.asText()));
    }
  }

  private String volume(String name) throws InterruptedException {
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}").path("id").asText();
    return site.done(
            "create-vm-volume",
            """
            [{'cluster_id': '%s', 'name': '%s', 'size': 1, 'size_unit': 'GB', 'sharing': false,
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}]
            """
                .formatted(cluster, name))
        .getFirst();
  }

  private String snapshot(String volume, String name) throws InterruptedException {
    return site.done("create-vm-volume-snapshot", snapshotBody(volume, name)).getFirst();
  }

  private static String snapshotBody(String volume, String name) {
    return "[{'volume_id': '%s', 'name': '%s', 'description': 'of the tests'}]"
        .formatted(volume, name);
  }

  private static String rollback(String snapshot) {
    return "[{'volume_snapshot_id': '%s'}]".formatted(snapshot);
  }

  private static String clone(String volume) {
    return "[{'where': {'id': '%s'}, 'data': {'name': 'clone'}}]".formatted(volume);
  }

  private void refuse(String call) {
    site.hold(
        new FaultRule(
            call, Target.ofCalls(call), Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN)));
  }

  private JsonNode mountedDisk(JsonNode vm) {
    return site.first(
        "VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(vm.path("id").asText()));
  }

  private JsonNode volumeById(String id) {
    return site.first("VmVolume", "{'id': '%s'}".formatted(id));
  }

  private JsonNode snapshotById(String id) {
    return site.first("VmVolumeSnapshot", "{'id': '%s'}".formatted(id));
  }

  private JsonNode lun(JsonNode volume) {
    return site.first("IscsiLun", "{'id': '%s'}".formatted(volume.at("/lun/id").asText()));
  }

  private long seenSize(JsonNode volume) throws InterruptedException {
    return site.simulator()
        .observeVolume(new VolumeId(volume.path("local_id").asText()))
        .orElseThrow()
        .definition()
        .sizeBytes();
  }

  private static SnapshotId snapshotId(JsonNode snapshot) {
    return new SnapshotId(snapshot.path("local_id").asText());
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RollbackTest {
  private static final long GIB = 1L << 30;

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void bringsBackConfigurationAndDevices() throws InterruptedException {
    var id = vmOfTwoDisks();
    var before = site.vmById(id);
    var devices = devices(id);
    var snapshot = snapshot(id);
    site.done(
        "update-vm-basic-info",
        "{'where': {'id': '%s'}, 'data': {'name': 'renamed', 'ha': %s, 'memory': %s}}"
            .formatted(
                id, !before.path("ha").booleanValue(), before.path("memory").longValue() + GIB));
    var removed = disk(id, "second");
    site.done("remove-vm-disk", data(id, "'disk_ids': ['%s']".formatted(removed)));
    addDisk(id, "third", 7);
    site.done("add-vm-cd-rom", data(id, "'vm_cd_roms': [{'boot': 9}]"));
    site.done("remove-vm-nic", data(id, "'nic_index': [0]"));
    grow(id, "first");

    site.done("rollback-vm", rollback(id, snapshot));

    var after = site.vmById(id);
    assertThat(after.path("name").asText()).isEqualTo("renamed");
    for (var same : List.of("memory", "vcpu", "cpu", "ha", "firmware", "status")) {
      assertThat(after.path(same)).as(same).isEqualTo(before.path(same));
    }
    assertThat(devices(id)).isEqualTo(devices);
    assertThat(after.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(volume("first").path("entityAsyncStatus").isNull()).isTrue();
    assertThat(volume("second").path("mounting").booleanValue()).isTrue();
    assertThat(volume("third").path("mounting").booleanValue()).isFalse();
    site.done("start-vm", where(id));
  }

  @Test
  void makesVolumesAnewThatAreGone() throws InterruptedException {
    var id = vmOfTwoDisks();
    var devices = devices(id);
    var snapshot = snapshot(id);
    var gone = volume("second").path("id").asText();
    site.done("remove-vm-disk", data(id, "'disk_ids': ['%s']".formatted(disk(id, "second"))));
    site.done("delete-vm-volume", where(gone));

    site.done("rollback-vm", rollback(id, snapshot));

    assertThat(devices(id)).isEqualTo(devices);
    assertThat(volume("second").path("id").asText()).isNotEqualTo(gone);
    assertThat(volume("second").path("mounting").booleanValue()).isTrue();
  }

  @Test
  void rollsBackAgainAndAgain() throws InterruptedException {
    var id = vmOfTwoDisks();
    var devices = devices(id);
    var snapshot = snapshot(id);

    for (var round = 0; round < 3; round++) {
      site.done("rollback-vm", rollback(id, snapshot));
    }

    assertThat(devices(id)).isEqualTo(devices);
    var disks = site.list("VmDisk", "{'where': {'vm': {'id': '%s'}}}".formatted(id));
    assertThat(disks)
        .allSatisfy(disk -> assertThat(disk.path("key").intValue()).isLessThan(disks.size()));
  }

  @Test
  void leavesTheDevicesWhenItFails() throws InterruptedException {
    var id = vmOfTwoDisks();
    var snapshot = snapshot(id);
    addDisk(id, "third", 7);
    var devices = devices(id);
    var defined = defined(id);
    site.hold(
        new FaultRule(
            "define",
            Target.ofCalls("define"),
            Frequency.first(1),
            new Trouble.Refuse(Refusal.BROKEN)));

    var task = site.failed("rollback-vm", rollback(id, snapshot));

    assertThat(task.resourceRollbacked()).isTrue();
    assertThat(devices(id)).isEqualTo(devices);
    assertThat(defined(id)).isEqualTo(defined);
    assertThat(volume("first").path("entityAsyncStatus").isNull()).isTrue();
    site.done("rollback-vm", rollback(id, snapshot));
  }

  @Test
  void refusesWhatItCannotDo() throws InterruptedException {
    var id = vmOfTwoDisks();
    var snapshot = snapshot(id);
    var other = site.vm("'status': 'STOPPED', 'id_not': '%s'".formatted(id)).path("id").asText();

    assertThatThrownBy(() -> site.call("rollback-vm", rollback(other, snapshot)))
        .hasMessageContaining("body.data.snapshot_id: snapshot before is not one of VM");
    assertThatThrownBy(() -> site.call("rollback-vm", rollback(id, "nothing")))
        .hasMessage("body.data.snapshot_id: there is no VmSnapshot with the id nothing");
    site.done("start-vm", where(id));
    assertThatThrownBy(() -> site.call("rollback-vm", rollback(id, snapshot)))
        .hasMessageContaining("is RUNNING, expected STOPPED");
  }

  @Test
  void refusesAVolumeThatAnotherVmHasNow() throws InterruptedException {
    var id = vmOfTwoDisks();
    var snapshot = snapshot(id);
    var other = site.vm("'status': 'STOPPED', 'id_not': '%s'".formatted(id)).path("id").asText();
    var volume = volume("second").path("id").asText();
    site.done("remove-vm-disk", data(id, "'disk_ids': ['%s']".formatted(disk(id, "second"))));
    site.done(
        "add-vm-disk",
        data(
            other,
            "'vm_disks': {'mount_disks': [{'boot': 5, 'bus': 'VIRTIO', 'vm_volume_id': '%s'}]}"
                .formatted(volume)));

    assertThatThrownBy(() -> site.call("rollback-vm", rollback(id, snapshot)))
        .hasMessageContaining("volume second of VM")
        .hasMessageContaining("is mounted by another VM now");
  }

  @Test
  void locksTheSnapshot() throws InterruptedException {
    var id = vmOfTwoDisks();
    var snapshot = snapshot(id);
    var hanging = new Trouble.Hang(When.BEFORE);
    site.hold(new FaultRule("revert", Target.ofCalls("revert"), Frequency.ALWAYS, hanging));
    site.call("rollback-vm", rollback(id, snapshot));

    assertThatThrownBy(() -> site.call("delete-vm-snapshot", where(snapshot)))
        .hasMessage("Resource [VM_SNAPSHOT-%s] locked".formatted(snapshot));

    site.hold();
    site.await(1);
    site.done("delete-vm-snapshot", where(snapshot));
  }

  /// A stopped VM with the disks `first` and `second`, and whatever else it has.
  private String vmOfTwoDisks() throws InterruptedException {
    var id =
        site.vm("'status': 'STOPPED', 'snapshots_none': {}, 'vm_nics_some': {}")
            .path("id")
            .asText();
    addDisk(id, "first", 5);
    addDisk(id, "second", 6);
    return id;
  }

  private void addDisk(String vm, String name, int boot) throws InterruptedException {
    site.done(
        "add-vm-disk",
        data(
            vm,
            """
            'vm_disks': {'mount_new_create_disks': [{'boot': %s, 'bus': 'VIRTIO', 'max_iops': 500,
              'max_iops_policy': 'FORCED', 'vm_volume': {'name': '%s', 'size': 1, 'size_unit': 'GB',
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}
            """
                .formatted(boot, name)));
  }

  private void grow(String vm, String name) throws InterruptedException {
    site.done(
        "expand-vm-disk", "{'where': {'id': '%s'}, 'size': %s}".formatted(disk(vm, name), 2 * GIB));
  }

  private String snapshot(String vm) throws InterruptedException {
    return site.done(
            "create-vm-snapshot", "{'data': [{'vm_id': '%s', 'name': 'before'}]}".formatted(vm))
        .getFirst();
  }

  /// What users see of a VM's devices, apart from their ids.
  private String devices(String vm) {
    var text = new StringBuilder();
    for (var disk :
        site.list(
            "VmDisk", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'boot_ASC'}".formatted(vm))) {
      var volume =
          disk.path("type").asText().equals("DISK")
              ? site.first("VmVolume", "{'id': '%s'}".formatted(disk.at("/vm_volume/id").asText()))
              : disk;
      text.append(
          "%s %s %s %s %s %s\n"
              .formatted(
                  disk.path("type").asText(),
                  disk.path("boot").asText(),
                  disk.path("bus").asText(),
                  disk.path("max_iops").asText() + disk.path("max_iops_policy").asText(),
                  disk.at("/elf_image/id").asText(),
                  volume.path("size").asText()));
    }
    for (var nic :
        site.list(
            "VmNic", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'order_ASC'}".formatted(vm))) {
      text.append(
          "%s %s %s %s %s\n"
              .formatted(
                  nic.path("order").asText(),
                  nic.path("mac_address").asText(),
                  nic.at("/vlan/id").asText(),
                  nic.path("model").asText(),
                  nic.path("enabled").asText()));
    }
    return text.toString();
  }

  /// What the hypervisor has plugged into a VM, in whatever order.
  private Set<Device> defined(String vm) throws InterruptedException {
    return Set.copyOf(
        site.simulator()
            .observe(new VmId(site.vmById(vm).path("local_id").asText()))
            .orElseThrow()
            .definition()
            .devices());
  }

  private JsonNode volume(String name) {
    return site.first("VmVolume", "{'name': '%s'}".formatted(name));
  }

  private String disk(String vm, String volume) {
    return site.first(
            "VmDisk", "{'vm': {'id': '%s'}, 'vm_volume': {'name': '%s'}}".formatted(vm, volume))
        .path("id")
        .asText();
  }

  private static String data(String vm, String data) {
    return "{'where': {'id': '%s'}, 'data': {%s}}".formatted(vm, data);
  }

  private static String rollback(String vm, String snapshot) {
    return data(vm, "'snapshot_id': '%s'".formatted(snapshot));
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

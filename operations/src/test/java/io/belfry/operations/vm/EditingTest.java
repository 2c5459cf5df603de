package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EditingTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void editsBasics() throws InterruptedException {
    var vm = stopped();

    site.done(
        "update-vm-basic-info",
        """
        {'where': {'id': '%s'}, 'data': {'name': 'renamed', 'description': 'other', 'ha': false,
          'vcpu': 4, 'cpu_cores': 2, 'cpu_sockets': 2, 'memory': 1073741824}}
        """
            .formatted(id(vm)));

    var edited = site.vmById(id(vm));
    assertThat(edited.path("name").asText()).isEqualTo("renamed");
    assertThat(edited.path("description").asText()).isEqualTo("other");
    assertThat(edited.path("ha").booleanValue()).isFalse();
    assertThat(edited.path("vcpu").intValue()).isEqualTo(4);
    assertThat(edited.path("cpu").path("sockets").intValue()).isEqualTo(2);
    assertThat(edited.path("memory").longValue()).isEqualTo(1L << 30);
  }

  @Test
  void growsARunningVm() throws InterruptedException {
    var vm = running();
    var memory = vm.path("memory").longValue() + (1L << 30);

    site.done(
        "update-vm-basic-info",
        "{'where': {'id': '%s'}, 'data': {'memory': %s}}".formatted(id(vm), memory));

    assertThat(site.vmById(id(vm)).path("memory").longValue()).isEqualTo(memory);
  }

  @Test
  void refusesToShrinkARunningVm() {
    var vm = running();

    assertThatThrownBy(() ->
            site.call(
                "update-vm-basic-info",
                "{'where': {'id': '%s'}, 'data': {'memory': 1073741824}}".formatted(id(vm))))
        .hasMessageContaining("can only grow until it is stopped");
  }

  @Test
  void refusesToResizeASuspendedVm() throws InterruptedException {
    var vm = running();
    var memory = vm.path("memory").longValue() + (1L << 30);
    site.done("suspend-vm", "{'where': {'id': '%s'}}".formatted(id(vm)));

    assertThatThrownBy(() ->
            site.call(
                "update-vm-basic-info",
                "{'where': {'id': '%s'}, 'data': {'memory': %s}}".formatted(id(vm), memory)))
        .hasMessageContaining("is SUSPENDED, expected RUNNING or STOPPED");
  }

  @Test
  void renamesASuspendedVm() throws InterruptedException {
    var vm = running();
    site.done("suspend-vm", "{'where': {'id': '%s'}}".formatted(id(vm)));

    site.done(
        "update-vm-basic-info",
        "{'where': {'id': '%s'}, 'data': {'name': 'asleep', 'memory': %s}}"
            .formatted(id(vm), vm.path("memory").longValue()));

    assertThat(site.vmById(id(vm)).path("name").asText()).isEqualTo("asleep");
  }

  @Test
  void givesANameThatTwoWantToOneOfThem() throws InterruptedException {
    try (var waiting = Site.withWaitingTasks()) {
      var answers =
          stoppedPair(waiting).stream()
              .map(vm ->
                  waiting.call(
                      "update-vm-basic-info",
                      "{'where': {'id': '%s'}, 'data': {'name': 'wanted'}}".formatted(vm)))
              .toList();

      waiting.startTasks();
      waiting.await(2);

      assertThat(waiting.list("Vm", "{'where': {'name': 'wanted'}}")).hasSize(1);
      assertThat(answers)
          .map(answer -> waiting.task(answer.path(0)).errorCode())
          .containsExactlyInAnyOrder(null, "VM_DUPLICATED_NAME");
    }
  }

  @Test
  void givesAnAddressThatTwoWantToOneOfThem() throws InterruptedException {
    try (var waiting = Site.withWaitingTasks()) {
      var answers =
          stoppedPair(waiting).stream()
              .map(vm ->
                  waiting.call(
                      "update-vm-nic",
                      """
                      {'where': {'id': '%s'},
                        'data': {'nic_index': 0, 'mac_address': '52:54:00:ff:ff:01'}}
                      """
                          .formatted(vm)))
              .toList();

      waiting.startTasks();
      waiting.await(2);

      assertThat(waiting.list("VmNic", "{'where': {'mac_address': '52:54:00:ff:ff:01'}}"))
          .hasSize(1);
      assertThat(answers)
          .map(answer -> waiting.task(answer.path(0)).errorCode())
          .containsExactlyInAnyOrder(null, "VM_NIC_DUPLICATED_MAC");
    }
  }

  @Test
  void refusesCpusThatDoNotAgree() {
    assertThatThrownBy(() ->
            site.call(
                "update-vm-basic-info",
                "{'where': {'id': '%s'}, 'data': {'vcpu': 5, 'cpu_cores': 2, 'cpu_sockets': 2}}"
                    .formatted(id(stopped()))))
        .hasMessage("body.data.vcpu is 5, but cpu_sockets × cpu_cores is 2 × 2");
  }

  @Test
  void addsAndRemovesADisk() throws InterruptedException {
    var vm = running();
    var before = diskIds(vm);

    var answer =
        site.call(
            "add-vm-disk",
            """
            {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [{
              'boot': 9, 'bus': 'VIRTIO', 'vm_volume': {'name': 'added', 'size': 5368709120,
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}
            """
                .formatted(id(vm)));
    site.await(1);

    assertThat(site.task(answer.path(0)).description().enUs())
        .isEqualTo("Edit VM %s disk".formatted(vm.path("name").asText()));
    assertThat(answer.path(0).path("data").path("vm_disks")).hasSize(before.size() + 1);
    var volume = site.first("VmVolume", "{'name': 'added'}");
    assertThat(volume.path("mounting").booleanValue()).isTrue();

    var disk = volume.path("vm_disks").path(0).path("id").asText();
    site.done(
        "remove-vm-disk",
        "{'where': {'id': '%s'}, 'data': {'disk_ids': ['%s']}}".formatted(id(vm), disk));

    assertThat(diskIds(vm)).isEqualTo(before);
    var left = site.first("VmVolume", "{'name': 'added'}");
    assertThat(left.path("mounting").booleanValue()).isFalse();

    site.done(
        "add-vm-disk",
        """
        {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_disks': [
          {'index': 0, 'boot': 1, 'bus': 'VIRTIO', 'vm_volume_id': '%s'}]}}}
        """
            .formatted(id(vm), left.path("id").asText()));

    assertThat(diskIds(vm)).hasSize(before.size() + 1);
  }

  @Test
  void refusesAVolumeThatIsMounted() {
    var mounted =
        site.first(
            "VmVolume", "{'mounting': true, 'sharing': false, 'cluster': {'hypervisor': 'ELF'}}");

    assertThatThrownBy(() ->
            site.call(
                "add-vm-disk",
                """
                {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_disks': [
                  {'boot': 1, 'bus': 'VIRTIO', 'vm_volume_id': '%s'}]}}}
                """
                    .formatted(id(stopped()), mounted.path("id").asText())))
        .hasMessageContaining("is mounted already and not shared");
  }

  @Test
  void refusesToRemoveADiskOfAnotherVm() {
    var other = diskIds(running()).getFirst();

    assertThatThrownBy(() ->
            site.call(
                "remove-vm-disk",
                "{'where': {'id': '%s'}, 'data': {'disk_ids': ['%s']}}"
                    .formatted(id(stopped()), other)))
        .hasMessageContaining("the VM has no such device");
  }

  @Test
  void expandsADiskOfARunningVm() throws InterruptedException {
    var vm = running();
    var disk = site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(vm)));
    var volume = disk.at("/vm_volume/id").asText();
    var size = volume(volume).path("size").longValue() + (1L << 30);

    var ids =
        site.done(
            "expand-vm-disk", "{'where': {'id': '%s'}, 'size': %s}".formatted(id(disk), size));

    assertThat(ids).containsExactly(id(vm));
    assertThat(volume(volume).path("size").longValue()).isEqualTo(size);
    assertThat(volume(volume).path("entityAsyncStatus").isNull()).isTrue();
    assertThatThrownBy(() ->
            site.call(
                "expand-vm-disk",
                "{'where': {'id': '%s'}, 'size': %s}".formatted(id(disk), size - 1)))
        .hasMessageContaining("body.size is %s bytes".formatted(size - 1))
        .hasMessageContaining("can only grow");
  }

  @Test
  void unlocksTheVolumeOfADiskThatCannotGrow() throws InterruptedException {
    var disk =
        site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(stopped())));
    var volume = disk.at("/vm_volume/id").asText();
    var size = volume(volume).path("size").longValue();
    site.hold(
        new FaultRule(
            "full",
            Target.ofCalls("resizeVolume"),
            Frequency.ALWAYS,
            new Trouble.Refuse(Refusal.BROKEN)));

    site.failed(
        "expand-vm-disk", "{'where': {'id': '%s'}, 'size': %s}".formatted(id(disk), size + 1));

    assertThat(volume(volume).path("size").longValue()).isEqualTo(size);
    assertThat(volume(volume).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void refusesToExpandACdRom() {
    var drive = site.first("VmDisk", "{'type': 'CD_ROM', 'vm': {'status': 'STOPPED'}}");

    assertThatThrownBy(() ->
            site.call("expand-vm-disk", "{'where': {'id': '%s'}, 'size': 1}".formatted(id(drive))))
        .hasMessageContaining("is a CD_ROM, not a DISK");
  }

  @Test
  void ejectsAnImage() throws InterruptedException {
    var vm = running();
    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 9, 'elf_image_id': '%s'}]}}"
            .formatted(id(vm), id(image(vm))));
    var drive = drive(vm);
    assertThat(drive.at("/elf_image/id").isTextual()).isTrue();

    site.done("eject-iso-from-vm-cd-rom", "{'where': {'id': '%s'}}".formatted(id(drive)));

    assertThat(drive(vm).path("elf_image").isNull()).isTrue();
  }

  @Test
  void unplugsACdRomAndPlugsItInAgain() throws InterruptedException {
    var vm = running();
    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 9}]}}".formatted(id(vm)));

    for (var disabled : List.of(true, false)) {
      site.done(
          "toggle-vm-cd-rom-disable",
          "{'where': {'id': '%s'}, 'disabled': %s}".formatted(id(drive(vm)), disabled));

      assertThat(drive(vm).path("disabled").booleanValue()).isEqualTo(disabled);
    }
  }

  @Test
  void putsTheGuestToolsIntoADrive() throws InterruptedException {
    var vm = running();
    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 9, 'elf_image_id': '%s'}]}}"
            .formatted(id(vm), id(image(vm))));
    var tools =
        site.first(
            "SvtImage", "{'cluster': {'id': '%s'}}".formatted(vm.at("/cluster/id").asText()));

    site.done(
        "install-vmtools",
        "{'where': {'id': '%s'}, 'data': {'cd_rom_id': '%s', 'svt_image_id': '%s'}}"
            .formatted(id(vm), id(drive(vm)), id(tools)));

    assertThat(drive(vm).at("/svt_image/id")).isEqualTo(tools.path("id"));
    assertThat(drive(vm).path("elf_image").isNull()).isTrue();
  }

  @Test
  void findsDriveAndImageForTheGuestTools() throws InterruptedException {
    var vm = stopped();
    var drives =
        site
            .list("VmDisk", "{'where': {'vm': {'id': '%s'}, 'type': 'CD_ROM'}}".formatted(id(vm)))
            .stream()
            .map(EditingTest::id)
            .toList();
    site.done(
        "remove-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'cd_rom_ids': ['%s']}}"
            .formatted(id(vm), String.join("','", drives)));
    var where = "{'where': {'id': '%s'}}".formatted(id(vm));

    assertThatThrownBy(() -> site.call("install-vmtools", where))
        .hasMessage(
            "body.data.cd_rom_id: VM %s has no CD drive; add-vm-cd-rom gives it one"
                .formatted(vm.path("name").asText()));
    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 9}]}}".formatted(id(vm)));
    site.done("install-vmtools", where);

    assertThat(drive(vm).at("/svt_image/id").isTextual()).isTrue();
  }

  @Test
  void changesTheAdvancedOptionsOfAStoppedVm() throws InterruptedException {
    var vm = stopped();
    var change =
        "{'where': {'id': '%s'}, 'data': {'clock_offset': 'LOCALTIME', 'video_type': 'QXL',"
            + " 'windows_optimize': true}}";

    site.done("update-vm-advanced-options", change.formatted(id(vm)));

    var changed = site.vmById(id(vm));
    assertThat(changed.path("clock_offset").asText()).isEqualTo("LOCALTIME");
    assertThat(changed.path("video_type").asText()).isEqualTo("QXL");
    assertThat(changed.path("win_opt").booleanValue()).isTrue();
    assertThat(changed.path("cpu_model")).isEqualTo(vm.path("cpu_model"));
    assertThatThrownBy(
            () -> site.call("update-vm-advanced-options", change.formatted(id(running()))))
        .hasMessageContaining("is RUNNING, expected STOPPED");
  }

  @Test
  void changesNicsThatAFilterSelects() throws InterruptedException {
    var vm = stopped();
    var nic = nics(vm).getFirst();

    site.done(
        "update-vm-nic-advance-info",
        """
        {'where': {'id': '%s'},
         'data': {'enabled': false, 'connect_vlan_id': '%s', 'mac_address': '52:54:00:AA:BB:CC'}}
        """
            .formatted(id(nic), vlan(vm, "vlan-100")));

    var changed = nics(vm).getFirst();
    assertThat(changed.path("enabled").booleanValue()).isFalse();
    assertThat(changed.at("/vlan/name").asText()).isEqualTo("vlan-100");
    assertThat(changed.path("mac_address").asText()).isEqualTo("52:54:00:aa:bb:cc");
  }

  @Test
  void changesBusAndVolumeOfADisk() throws InterruptedException {
    var vm = stopped();
    var disk = site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(vm)));
    var before = disk.at("/vm_volume/id").asText();
    var other = looseVolume(vm);

    site.done(
        "update-vm-disk", update(vm, disk, "'bus': 'SCSI', 'vm_volume_id': '%s'".formatted(other)));

    var changed = site.first("VmDisk", "{'id': '%s'}".formatted(id(disk)));
    assertThat(changed.path("bus").asText()).isEqualTo("SCSI");
    assertThat(changed.at("/vm_volume/id").asText()).isEqualTo(other);
    assertThat(volume(other).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(volume(before).path("mounting").booleanValue()).isFalse();
    site.done("start-vm", "{'where': {'id': '%s'}}".formatted(id(vm)));
  }

  @Test
  void unlocksTheVolumeThatADiskDoesNotGet() throws InterruptedException {
    var vm = stopped();
    var disk = site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(vm)));
    var other = looseVolume(vm);
    site.hold(
        new FaultRule(
            "no", Target.ofCalls("update"), Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN)));

    site.failed("update-vm-disk", update(vm, disk, "'vm_volume_id': '%s'".formatted(other)));

    assertThat(site.first("VmDisk", "{'id': '%s'}".formatted(id(disk)))).isEqualTo(disk);
    assertThat(volume(other).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void changesTheImageInACdRom() throws InterruptedException {
    var vm = running();
    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 9}]}}".formatted(id(vm)));

    site.done(
        "update-vm-disk", update(vm, drive(vm), "'elf_image_id': '%s'".formatted(id(image(vm)))));
    assertThat(drive(vm).at("/elf_image/id")).isEqualTo(image(vm).path("id"));

    site.done("update-vm-disk", update(vm, drive(vm), "'elf_image_id': null"));
    assertThat(drive(vm).path("elf_image").isNull()).isTrue();
  }

  @Test
  void refusesWhatADiskCannotBe() {
    var vm = running();
    var disk = site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(vm)));
    var stopped = stopped();
    var other = site.first("VmDisk", "{'vm': {'id': '%s'}, 'type': 'DISK'}".formatted(id(stopped)));

    assertThatThrownBy(() -> site.call("update-vm-disk", update(vm, disk, "'bus': 'SCSI'")))
        .hasMessageContaining("is RUNNING, expected STOPPED");
    assertThatThrownBy(() -> site.call("update-vm-disk", update(vm, other, "'bus': 'SCSI'")))
        .hasMessageContaining("has no disk or CD drive " + id(other));
    assertThatThrownBy(() ->
            site.call(
                "update-vm-disk",
                update(stopped, other, "'elf_image_id': '%s'".formatted(id(image(stopped))))))
        .hasMessage("body.data.elf_image_id: a disk takes no image, only a CD drive does");
  }

  @Test
  void removesTheNicsThatAFilterSelects() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED', 'vm_nics_some': {'order': 1}");
    var nics = nics(vm);

    site.done(
        "remove-vm-nic-by-where",
        "{'where': {'id': '%s'}, 'effect': {}}".formatted(id(nics.getFirst())));

    assertThat(nics(vm)).hasSize(nics.size() - 1).doesNotContain(nics.getFirst());
    assertThat(nics(vm).getFirst().path("order").intValue()).isZero();
    assertThatThrownBy(() -> site.call("remove-vm-nic-by-where", "{'where': {}, 'effect': {}}"))
        .hasMessage("body.effect.vm_ids is required, as body.where selects every NIC");

    site.done(
        "remove-vm-nic-by-where", "{'where': {}, 'effect': {'vm_ids': ['%s']}}".formatted(id(vm)));
    assertThat(nics(vm)).isEmpty();
  }

  private static String update(JsonNode vm, JsonNode disk, String changes) {
    return "{'where': {'id': '%s'}, 'data': {'vm_disk_id': '%s', %s}}"
        .formatted(id(vm), id(disk), changes);
  }

  private String looseVolume(JsonNode vm) throws InterruptedException {
    return site.done(
            "create-vm-volume",
            """
            [{'cluster_id': '%s', 'name': 'loose', 'size': 1, 'size_unit': 'GB', 'sharing': false,
              'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}]
            """
                .formatted(vm.at("/cluster/id").asText()))
        .getFirst();
  }

  private JsonNode drive(JsonNode vm) {
    return site.first(
        "VmDisk", "{'vm': {'id': '%s'}, 'type': 'CD_ROM', 'boot': 9}".formatted(id(vm)));
  }

  private JsonNode image(JsonNode vm) {
    return site.first(
        "ElfImage", "{'cluster': {'id': '%s'}}".formatted(vm.at("/cluster/id").asText()));
  }

  private JsonNode volume(String id) {
    return site.first("VmVolume", "{'id': '%s'}".formatted(id));
  }

  @Test
  void addsAndRemovesACdRom() throws InterruptedException {
    var vm = stopped();
    var image = site.first("ElfImage", "{'cluster': {'id': '%s'}}".formatted(clusterId(vm)));
    var before = diskIds(vm);

    site.done(
        "add-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'vm_cd_roms': [{'boot': 3, 'elf_image_id': '%s'}]}}"
            .formatted(id(vm), image.path("id").asText()));

    var added =
        site.first(
            "VmDisk",
            "{'vm': {'id': '%s'}, 'type': 'CD_ROM', 'elf_image': {'id': '%s'}, 'boot': 3}"
                .formatted(id(vm), image.path("id").asText()));
    site.done(
        "remove-vm-cd-rom",
        "{'where': {'id': '%s'}, 'data': {'cd_rom_ids': ['%s']}}"
            .formatted(id(vm), added.path("id").asText()));
    assertThat(diskIds(vm)).isEqualTo(before);
  }

  @Test
  void addsEditsAndRemovesNics() throws InterruptedException {
    var vm = running();
    var vlan = vlan(vm, "default");
    var count = nics(vm).size();

    site.done(
        "add-vm-nic",
        """
        {'where': {'id': '%s'}, 'data': {'vm_nics': [
          {'connect_vlan_id': '%s', 'enabled': false, 'model': 'VIRTIO'},
          {'connect_vlan_id': '%s', 'enabled': true, 'mirror': true, 'model': 'VIRTIO'}]}}
        """
            .formatted(id(vm), vlan, vlan));

    assertThat(nics(vm)).hasSize(count + 2);
    assertThat(nics(vm).get(count).path("enabled").booleanValue()).isFalse();

    site.done(
        "update-vm-nic",
        """
        {'where': {'id': '%s'}, 'data': {'nic_index': %s, 'enabled': true, 'mirror': false,
          'connect_vlan_id': '%s'}}
        """
            .formatted(id(vm), count, vlan(vm, "vlan-100")));

    var edited = nics(vm).get(count);
    assertThat(edited.path("enabled").booleanValue()).isTrue();
    assertThat(edited.path("vlan").path("name").asText()).isEqualTo("vlan-100");

    site.done(
        "remove-vm-nic",
        "{'where': {'id': '%s'}, 'data': {'nic_index': [%s]}}".formatted(id(vm), count));

    var left = nics(vm);
    assertThat(left).hasSize(count + 1);
    assertThat(left.getLast().path("order").intValue()).isEqualTo(count);
    assertThat(left.getLast().path("mirror").booleanValue()).isTrue();
  }

  @Test
  void refusesANicIndexThatDoesNotExist() {
    assertThatThrownBy(() ->
            site.call(
                "update-vm-nic",
                "{'where': {'id': '%s'}, 'data': {'nic_index': 14}}".formatted(id(running()))))
        .hasMessageContaining("there is none with index 14");
  }

  @Test
  void migratesARunningVm() throws InterruptedException {
    var vm = running();

    var answer = site.call("migrate-vm", "{'where': {'id': '%s'}}".formatted(id(vm)));
    site.await(1);

    assertThat(site.task(answer.path(0)).description().enUs())
        .contains("performing a live migration");
    var moved = site.vmById(id(vm));
    assertThat(moved.path("host").path("id")).isNotEqualTo(vm.path("host").path("id"));
    assertThat(moved.path("status").asText()).isEqualTo("RUNNING");
    assertThat(moved.path("node_ip")).isEqualTo(moved.path("host").path("management_ip"));
  }

  @Test
  void refusesToMigrateWhereTheVmIs() {
    var vm = running();

    assertThatThrownBy(() ->
            site.call(
                "migrate-vm",
                "{'where': {'id': '%s'}, 'data': {'host_id': '%s'}}"
                    .formatted(id(vm), vm.path("host").path("id").asText())))
        .hasMessageContaining("already");
  }

  private JsonNode running() {
    return site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING'");
  }

  private JsonNode stopped() {
    return site.vm("'status': 'STOPPED'");
  }

  private List<String> diskIds(JsonNode vm) {
    return site
        .list("VmDisk", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'id_ASC'}".formatted(id(vm)))
        .stream()
        .map(disk -> disk.path("id").asText())
        .toList();
  }

  private List<JsonNode> nics(JsonNode vm) {
    return site.list(
        "VmNic", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'order_ASC'}".formatted(id(vm)));
  }

  private String vlan(JsonNode vm, String name) {
    return site.first(
            "Vlan",
            "{'name': '%s', 'type': 'VM', 'vds': {'cluster': {'id': '%s'}}}"
                .formatted(name, clusterId(vm)))
        .path("id")
        .asText();
  }

  private static String clusterId(JsonNode vm) {
    return vm.path("cluster").path("id").asText();
  }

  private static List<String> stoppedPair(Site site) {
    var where = "{'status': 'STOPPED', 'in_recycle_bin': false, 'cluster': {'hypervisor': 'ELF'}}";
    return site.list("Vm", "{'where': %s, 'first': 2}".formatted(where)).stream()
        .map(EditingTest::id)
        .toList();
  }

  private static String id(JsonNode vm) {
    return vm.path("id").asText();
  }
}

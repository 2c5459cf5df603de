package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// VMs that are made from other VMs, from snapshots and from templates.
class CopyingTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "STOPPED"})
  void clones(String status) throws InterruptedException {
    var source = site.vm("'status': '%s', 'vm_disks_some': {'type': 'DISK'}".formatted(status));

    var clone = only(site.done("clone-vm", clone(source, "")));

    assertThat(clone.path("name").asText()).isEqualTo("copy");
    assertThat(clone.path("status").asText()).isEqualTo("STOPPED");
    assertThat(clone.path("local_id")).isNotEqualTo(source.path("local_id"));
    for (var same : List.of("vcpu", "memory", "firmware", "ha", "description", "os", "cluster")) {
      assertThat(clone.path(same)).as(same).isEqualTo(source.path(same));
    }
    assertThat(shapes(clone)).isEqualTo(shapes(source));
    assertThat(nics(clone))
        .hasSameSizeAs(nics(source))
        .extracting(nic -> nic.at("/vlan/id"))
        .isEqualTo(nics(source).stream().map(nic -> nic.at("/vlan/id")).toList());
    assertThat(nics(clone))
        .extracting(nic -> nic.path("mac_address"))
        .doesNotContainAnyElementsOf(
            nics(source).stream().map(nic -> nic.path("mac_address")).toList());
    assertThat(site.vmById(id(source)).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void leavesNoSnapshotOfACloning() throws InterruptedException {
    var source = unshared();
    var unique = unique(source);

    var clone = only(site.done("clone-vm", clone(source, ", 'is_full_copy': true")));
    assertThat(unique(source)).isEqualTo(unique);

    site.done("delete-vm", where(id(clone)));
    assertThat(unique(source)).isEqualTo(unique);
  }

  @Test
  void leavesNothingOfACloneThatFails() throws InterruptedException {
    var source = unshared();
    var unique = unique(source);
    var volumes = site.list("VmVolume", "{}").size();
    site.hold(
        new FaultRule(
            "define",
            Target.ofCalls("define"),
            Frequency.ALWAYS,
            new Trouble.Refuse(Refusal.BROKEN)));

    site.failed("clone-vm", clone(source, ", 'is_full_copy': true"));

    assertThat(site.list("Vm", "{'where': {'name': 'copy'}}")).isEmpty();
    assertThat(site.list("VmVolume", "{}")).hasSize(volumes);
    assertThat(unique(source)).isEqualTo(unique);
  }

  @Test
  void prefersWhatTheRequestSays() throws InterruptedException {
    var source = site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}");

    var clone =
        only(
            site.done(
                "clone-vm",
                clone(
                    source,
                    """
                    , 'description': 'other', 'vcpu': 2, 'cpu_cores': 2, 'cpu_sockets': 1,
                    'memory': 1, 'memory_unit': 'GB', 'ha': false, 'vm_nics': [],
                    'status': 'RUNNING'
                    """)));

    assertThat(clone.path("description").asText()).isEqualTo("other");
    assertThat(clone.path("vcpu").intValue()).isEqualTo(2);
    assertThat(clone.path("memory").longValue()).isEqualTo(1L << 30);
    assertThat(clone.path("ha").booleanValue()).isFalse();
    assertThat(clone.path("status").asText()).isEqualTo("RUNNING");
    assertThat(nics(clone)).isEmpty();
  }

  @Test
  void copiesTheDisksThatTheRequestNames() throws InterruptedException {
    var source = twoDisks();
    var first = disks(source).getFirst();
    var volume = volume(first);
    var size = volume.path("size").longValue();

    var clone =
        only(
            site.done(
                "clone-vm",
                clone(
                    source,
                    """
                    , 'vm_disks': {'mount_new_create_disks': [
                      {'boot': 3, 'bus': 'SCSI', 'vm_volume': {'path': '%s', 'name': 'bigger',
                        'size': %s, 'elf_storage_policy': 'REPLICA_3_THIN_PROVISION'}},
                      {'boot': 4, 'bus': 'VIRTIO', 'vm_volume': {'name': 'empty', 'size': 1,
                        'size_unit': 'GB', 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}
                    """
                        .formatted(volume.path("path").asText(), size + 1))));

    var copies = disks(clone);
    assertThat(copies).hasSize(2);
    assertThat(copies.getFirst().path("bus").asText()).isEqualTo("SCSI");
    var copied = volume(copies.getFirst());
    assertThat(copied.path("name").asText()).isEqualTo("bigger");
    assertThat(copied.path("size").longValue()).isEqualTo(size + 1);
    assertThat(used(copied)).isEqualTo(used(volume));
    assertThat(used(volume(copies.getLast()))).isZero();
  }

  @Test
  void keepsTheStoragePolicies() throws InterruptedException {
    var source = site.vm("'status': 'STOPPED'");
    site.done(
        "add-vm-disk",
        """
        {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [
          {'boot': 8, 'bus': 'VIRTIO', 'vm_volume': {'name': 'coded', 'size': 1, 'size_unit': 'GB',
            'elf_storage_policy': 'EC'}}]}}}
        """
            .formatted(id(source)));

    var clone = only(site.done("clone-vm", clone(source, "")));

    assertThat(policies(clone)).isEqualTo(policies(source)).contains("EC");
  }

  private List<String> policies(JsonNode vm) {
    return disks(vm).stream()
        .map(disk -> volume(disk).path("elf_storage_policy").asText())
        .toList();
  }

  @Test
  void refusesACopyThatIsTooSmall() {
    var source = site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}");
    var path = volume(disks(source).getFirst()).path("path").asText();

    assertThatThrownBy(() ->
            site.call(
                "clone-vm",
                clone(
                    source,
                    """
                    , 'vm_disks': {'mount_new_create_disks': [
                      {'boot': 0, 'bus': 'SCSI', 'vm_volume': {'path': '%s', 'name': 'small',
                        'size': 1, 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}
                    """
                        .formatted(path))))
        .hasMessageContaining("vm_volume.size is 1 bytes: it must hold the");
    assertThatThrownBy(() ->
            site.call(
                "clone-vm",
                clone(
                    source,
                    """
                    , 'vm_disks': {'mount_new_create_disks': [
                      {'boot': 0, 'bus': 'SCSI', 'vm_volume': {'path': 'nowhere', 'name': 'small',
                        'size': 1, 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}
                    """)))
        .hasMessageContaining("no disk that is copied has the path nowhere");
  }

  @Test
  void refusesAnotherClusterAndASuspendedOrBusySource() throws InterruptedException {
    var source = site.vm("'status': 'RUNNING'");
    var other =
        site.first("Cluster", "{'id_not': '%s'}".formatted(source.at("/cluster/id").asText()));

    assertThatThrownBy(
            () -> site.call("clone-vm", clone(source, ", 'cluster_id': '%s'".formatted(id(other)))))
        .hasMessageContaining("body[0].cluster_id: src_vm_id is in another cluster");
    site.done("suspend-vm", where(id(source)));
    assertThatThrownBy(() -> site.call("clone-vm", clone(source, "")))
        .hasMessageContaining("is SUSPENDED, expected RUNNING or STOPPED");
    assertThatThrownBy(() -> site.call("clone-vm", "[{'src_vm_id': 'nobody', 'name': 'copy'}]"))
        .hasMessage("body[0].src_vm_id: there is no Vm with the id nobody");
  }

  @Test
  void rebuildsAVmThatIsGone() throws InterruptedException {
    var source = twoDisks();
    var shapes = shapes(source);
    var snapshot =
        site.done(
                "create-vm-snapshot",
                "{'data': [{'vm_id': '%s', 'name': 'last'}]}".formatted(id(source)))
            .getFirst();
    var used = used(volume(disks(source).getFirst()));
    site.done("delete-vm", where(id(source)));

    var rebuilt =
        only(
            site.done(
                "rebuild-vm-from-snapshot",
                "[{'rebuild_from_snapshot_id': '%s', 'name': 'back'}]".formatted(snapshot)));

    assertThat(rebuilt.path("memory")).isEqualTo(source.path("memory"));
    assertThat(rebuilt.path("vcpu")).isEqualTo(source.path("vcpu"));
    assertThat(rebuilt.at("/cluster/id")).isEqualTo(source.at("/cluster/id"));
    assertThat(shapes(rebuilt)).isEqualTo(shapes);
    assertThat(used(volume(disks(rebuilt).getFirst()))).isEqualTo(used);
    site.done("start-vm", where(id(rebuilt)));
  }

  @Test
  void refusesASnapshotWhoseContentIsGone() throws InterruptedException {
    var source = site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}");
    var snapshot =
        site.done(
                "create-vm-snapshot",
                "{'data': [{'vm_id': '%s', 'name': 'last'}]}".formatted(id(source)))
            .getFirst();
    site.store()
        .change(
            transaction -> transaction.execute("DELETE FROM tower.iscsi_lun_snapshot", List.of()));

    assertThatThrownBy(() ->
            site.call(
                "rebuild-vm-from-snapshot",
                "[{'rebuild_from_snapshot_id': '%s', 'name': 'back'}]".formatted(snapshot)))
        .hasMessageContaining("the content of one of its disks")
        .hasMessageContaining("is gone");
  }

  @Test
  void createsFromATemplateOfTheCluster() throws InterruptedException {
    var template = site.first("VmTemplate", "{'cluster': {'hypervisor': 'ELF'}}");

    var vm =
        only(
            site.done(
                "create-vm-from-template",
                "[{'template_id': '%s', 'name': 'made', 'is_full_copy': false}]"
                    .formatted(id(template))));

    assertThat(vm.at("/cluster/id")).isEqualTo(template.at("/cluster/id"));
    assertThat(vm.path("memory")).isEqualTo(template.path("memory"));
    assertThat(disks(vm)).isNotEmpty();
  }

  private JsonNode twoDisks() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED', 'vm_disks_some': {'type': 'DISK'}");
    site.done(
        "add-vm-disk",
        """
        {'where': {'id': '%s'}, 'data': {'vm_disks': {'mount_new_create_disks': [
          {'boot': 8, 'bus': 'VIRTIO', 'vm_volume': {'name': 'second', 'size': 1, 'size_unit': 'GB',
            'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}}
        """
            .formatted(id(vm)));
    return site.vmById(id(vm));
  }

  private static String clone(JsonNode source, String more) {
    return "[{'src_vm_id': '%s', 'name': 'copy'%s}]".formatted(id(source), more);
  }

  private JsonNode only(List<String> ids) {
    assertThat(ids).hasSize(1);
    return site.vmById(ids.getFirst());
  }

  /// What must be the same of the disks and drives of a copy.
  private List<String> shapes(JsonNode vm) {
    return site
        .list("VmDisk", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'boot_ASC'}".formatted(id(vm)))
        .stream()
        .map(disk ->
            "%s %s %s %s"
                .formatted(
                    disk.path("type").asText(),
                    disk.path("bus").asText(),
                    disk.path("type").asText().equals("DISK")
                        ? volume(disk).path("size").longValue()
                        : disk.at("/elf_image/id").asText(),
                    disk.path("boot").intValue()))
        .sorted()
        .toList();
  }

  private List<JsonNode> disks(JsonNode vm) {
    return site.list(
        "VmDisk",
        "{'where': {'vm': {'id': '%s'}, 'type': 'DISK'}, 'orderBy': 'boot_ASC'}".formatted(id(vm)));
  }

  private List<JsonNode> nics(JsonNode vm) {
    return site.list(
        "VmNic", "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'order_ASC'}".formatted(id(vm)));
  }

  private JsonNode volume(JsonNode disk) {
    return site.first("VmVolume", "{'id': '%s'}".formatted(disk.at("/vm_volume/id").asText()));
  }

  private long used(JsonNode volume) throws InterruptedException {
    return site.simulator()
        .observeVolume(new VolumeId(volume.path("local_id").asText()))
        .orElseThrow()
        .usedBytes();
  }

  /// A running VM whose volumes have no snapshots.
  private JsonNode unshared() {
    return site.vm("'status': 'RUNNING', 'snapshots_none': {}, 'vm_disks_some': {'type': 'DISK'}");
  }

  /// What the first volume of a VM shares with nothing, which a forgotten snapshot would lessen.
  private long unique(JsonNode vm) throws InterruptedException {
    return site.simulator()
        .observeVolume(new VolumeId(volume(disks(vm).getFirst()).path("local_id").asText()))
        .orElseThrow()
        .uniqueBytes();
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

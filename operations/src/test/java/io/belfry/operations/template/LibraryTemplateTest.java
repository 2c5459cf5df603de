package io.belfry.operations.template;

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
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates of the content library, and VMs that templates of clusters become.
class LibraryTemplateTest {
  private final Site site = new Site();
  private final String home = site.vm("'vm_disks_some': {}").at("/cluster/id").asText();
  private final String elsewhere =
      site.first("Cluster", "{'type': 'SMTX_ZBS'}").path("id").asText();

  /// The small data centre has one cluster for VMs; these tests need another.
  @BeforeEach
  void letVmsInElsewhere() {
    site.store()
        .change(transaction ->
            transaction.execute(
                """
                UPDATE tower.cluster SET hypervisor = 'ELF', connect_state = 'CONNECTED'
                WHERE id = ?
                """,
                List.of(elsewhere)));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void clonesATemplateIntoClusters() throws InterruptedException {
    var vm = vm("RUNNING");

    var template = library(clone(vm, List.of(home, elsewhere)));

    assertThat(template.path("description").asText()).isEqualTo("by a test");
    assertThat(template.path("cloud_init_supported").booleanValue()).isTrue();
    assertThat(template.path("memory")).isEqualTo(vm.path("memory"));
    assertThat(template.path("os")).isEqualTo(vm.path("os"));
    assertThat(template.at("/template_config/guest_os_type")).isEqualTo(vm.path("guest_os_type"));
    assertThat(template.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(template.path("clusters").findValuesAsText("id"))
        .containsExactlyInAnyOrder(home, elsewhere);
    assertThat(template.at("/vm_disks/0/storage_policy").asText()).endsWith("_PROVISION");
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(copies(template)).hasSize(2);
    for (var copy : copies(template)) {
      assertThat(copy.path("entityAsyncStatus").isNull()).isTrue();
      assertThat(template.path("vm_template_uuids")).contains(copy.path("local_id"));
      var storage = localId(copy.at("/cluster/id").asText());
      assertThat(disks(copy)).isNotEmpty();
      for (var disk : disks(copy)) {
        var seen = site.simulator().observeVolume(volume(disk)).orElseThrow();
        assertThat(seen.definition().storage().value()).isEqualTo(storage);
        assertThat(site.simulator().observeSnapshot(snapshot(disk))).isPresent();
      }
    }
  }

  @Test
  void refusesVmsWhereATemplateHasNoCopy() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(elsewhere));

    assertThatThrownBy(
            () -> site.call("create-vm-from-content-library-template", vm(template, home)))
        .hasMessageContaining("is not distributed to cluster");
  }

  @Test
  void convertsAVmOfOneCluster() throws InterruptedException {
    var vm = vm("STOPPED");
    assertThatThrownBy(() ->
            site.call(
                "convert-content-library-vm-template-from-vm", body(vm, List.of(home, elsewhere))))
        .hasMessageStartingWith("body[0].clusters must select the cluster of VM");

    var template =
        site.done("convert-content-library-vm-template-from-vm", body(vm, List.of(home)))
            .getFirst();

    assertThat(site.list("Vm", where(id(vm)))).isEmpty();
    assertThat(copies(library(template))).hasSize(1);
    assertThat(site.done("create-vm-from-content-library-template", vm(template, home))).hasSize(1);
  }

  @Test
  void leavesNothingOfATemplateThatFails() throws InterruptedException {
    var vm = vm("STOPPED");
    refuse("copyVolume");

    var task = site.failed("clone-content-library-vm-template-from-vm", body(vm, List.of(home)));

    assertThat(task.description().enUs())
        .isEqualTo("Create VM template made from VM " + vm.path("name").asText());
    assertThat(site.list("ContentLibraryVmTemplate", "{'where': {'name': 'made'}}")).isEmpty();
    assertThat(site.list("VmTemplate", "{'where': {'name': 'made'}}")).isEmpty();
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void distributesAndRemovesCopies() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(home));
    var used = used(copies(library(template)).getFirst());

    site.done("distribute-content-library-vm-template-clusters", clusters(template, elsewhere));

    var copies = copies(library(template));
    assertThat(copies).hasSize(2);
    for (var copy : copies) {
      assertThat(used(copy)).isEqualTo(used);
    }

    site.done("remove-content-library-vm-template-clusters", clusters(template, home));

    var left = copies(library(template));
    assertThat(left).hasSize(1);
    assertThat(left.getFirst().at("/cluster/id").asText()).isEqualTo(elsewhere);
    assertThat(library(template).path("clusters").findValuesAsText("id"))
        .containsExactly(elsewhere);
    assertThatThrownBy(() ->
            site.call("remove-content-library-vm-template-clusters", clusters(template, elsewhere)))
        .hasMessage("body.data.clusters: template made would have no copy left; delete it instead");
  }

  @Test
  void distributesToWhereItIsAlready() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(home));
    var before = copies(library(template));

    site.done("distribute-content-library-vm-template-clusters", clusters(template, home));

    assertThat(copies(library(template))).isEqualTo(before);
  }

  @Test
  void showsATemplateAsItWasWhenItCannotBeDistributed() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(home));
    refuse("copyVolume");

    site.failed("distribute-content-library-vm-template-clusters", clusters(template, elsewhere));

    assertThat(copies(library(template))).hasSize(1);
    assertThat(library(template).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void editsATemplateAndItsCopies() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(home));

    site.done(
        "update-content-library-vm-template",
        """
        {'where': {'id': '%s'}, 'data': {'name': 'other', 'cloud_init_supported': false,
         'clusters': {'id': '%s'}}}
        """
            .formatted(template, elsewhere));

    var edited = library(template);
    assertThat(edited.path("name").asText()).isEqualTo("other");
    assertThat(edited.path("description").asText()).isEqualTo("by a test");
    var copies = copies(edited);
    assertThat(copies).hasSize(1);
    assertThat(copies.getFirst().at("/cluster/id").asText()).isEqualTo(elsewhere);
    assertThat(copies.getFirst().path("name").asText()).isEqualTo("other");
    assertThat(copies.getFirst().path("cloud_init_supported").booleanValue()).isFalse();
  }

  @Test
  void deletesATemplateWithItsCopies() throws InterruptedException {
    var template = clone(vm("STOPPED"), List.of(home, elsewhere));
    var copies = copies(library(template));

    site.done("delete-content-library-vm-template", where(template));

    assertThat(site.list("ContentLibraryVmTemplate", where(template))).isEmpty();
    for (var copy : copies) {
      assertThat(site.list("VmTemplate", where(id(copy)))).isEmpty();
      for (var disk : disks(copy)) {
        assertThat(site.simulator().observeVolume(volume(disk))).isEmpty();
        assertThat(site.simulator().observeSnapshot(snapshot(disk))).isEmpty();
      }
    }
  }

  @Test
  void refusesClustersWithoutVms() {
    var vm = vm("STOPPED");
    var other = site.first("Cluster", "{'hypervisor': 'VMWARE'}");

    assertThatThrownBy(() ->
            site.call("clone-content-library-vm-template-from-vm", body(vm, List.of(id(other)))))
        .hasMessage(
            "body[0].clusters: templates are kept in connected ELF clusters; %s is not one"
                .formatted(other.path("name").asText()));
    assertThatThrownBy(
            () -> site.call("clone-content-library-vm-template-from-vm", body(vm, List.of("none"))))
        .hasMessage("body[0].clusters selects no cluster");
  }

  // Templates that become VMs

  @Test
  void convertsATemplateToAVm() throws InterruptedException {
    var template = clusterTemplate(vm("STOPPED"));
    var disks = disks(template);

    var vm =
        site.vmById(site.done("convert-vm-template-to-vm", toVm(id(template), "again")).getFirst());

    assertThat(vm.path("name").asText()).isEqualTo("again");
    assertThat(vm.path("status").asText()).isEqualTo("STOPPED");
    assertThat(vm.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(vm.path("memory")).isEqualTo(template.path("memory"));
    assertThat(site.list("VmTemplate", where(id(template)))).isEmpty();
    var volumes =
        site.list(
            "VmVolume", "{'where': {'vm_disks_some': {'vm': {'id': '%s'}}}}".formatted(id(vm)));
    assertThat(volumes)
        .extracting(volume -> volume.path("local_id"))
        .containsExactlyInAnyOrderElementsOf(
            disks.stream().map(disk -> disk.path("vm_volume_local_id")).toList());
    for (var disk : disks) {
      assertThat(site.simulator().observeSnapshot(snapshot(disk))).isEmpty();
    }
    site.done("start-vm", where(id(vm)));
  }

  @Test
  void keepsATemplateThatCannotBecomeAVm() throws InterruptedException {
    var template = clusterTemplate(vm("STOPPED"));
    refuse("deleteSnapshot");

    site.failed("convert-vm-template-to-vm", toVm(id(template), "again"));

    assertThat(site.list("Vm", "{'where': {'name': 'again'}}")).isEmpty();
    var kept = site.first("VmTemplate", "{'id': '%s'}".formatted(id(template)));
    assertThat(kept).isEqualTo(template);
    for (var disk : disks(kept)) {
      assertThat(site.simulator().observeVolume(volume(disk))).isPresent();
      assertThat(site.simulator().observeSnapshot(snapshot(disk))).isPresent();
      assertThat(
              site.list(
                  "VmVolume", "{'where': {'local_id': '%s'}}".formatted(volume(disk).value())))
          .isEmpty();
    }
  }

  @Test
  void refusesToConvertACopyOfTheLibrary() {
    var copy = site.first("VmTemplate", "{'content_library_vm_template': {}}");

    assertThatThrownBy(() -> site.call("convert-vm-template-to-vm", toVm(id(copy), "never")))
        .hasMessageContaining("is a copy of one of the content library");
  }

  private JsonNode vm(String status) {
    return site.vm(
        "'status': '%s', 'vm_disks_some': {'type': 'DISK'}, 'vm_nics_some': {}".formatted(status));
  }

  private String clone(JsonNode vm, List<String> clusters) throws InterruptedException {
    return site.done("clone-content-library-vm-template-from-vm", body(vm, clusters)).getFirst();
  }

  private JsonNode clusterTemplate(JsonNode vm) throws InterruptedException {
    var id =
        site.done(
                "convert-vm-template-from-vm",
                "[{'vm_id': '%s', 'name': 'of a VM', 'cloud_init_supported': false}]"
                    .formatted(id(vm)))
            .getFirst();
    return site.first("VmTemplate", "{'id': '%s'}".formatted(id));
  }

  private static String toVm(String template, String name) {
    return "[{'converted_from_template_id': '%s', 'name': '%s'}]".formatted(template, name);
  }

  private static String body(JsonNode vm, List<String> clusters) {
    return """
    [{'vm': {'id': '%s'}, 'name': 'made', 'description': 'by a test', 'cloud_init_supported': true,
      'clusters': {'id_in': ['%s']}}]
    """
        .formatted(id(vm), String.join("','", clusters));
  }

  private static String vm(String template, String cluster) {
    return "[{'template_id': '%s', 'cluster_id': '%s', 'name': 'new', 'is_full_copy': false}]"
        .formatted(template, cluster);
  }

  private static String clusters(String template, String cluster) {
    return "{'where': {'id': '%s'}, 'data': {'clusters': {'id': '%s'}}}"
        .formatted(template, cluster);
  }

  private JsonNode library(String id) {
    return site.first("ContentLibraryVmTemplate", "{'id': '%s'}".formatted(id));
  }

  private List<JsonNode> copies(JsonNode library) {
    return site.list(
        "VmTemplate",
        "{'where': {'content_library_vm_template': {'id': '%s'}}, 'orderBy': 'id_ASC'}"
            .formatted(id(library)));
  }

  private String localId(String cluster) {
    return site.first("Cluster", "{'id': '%s'}".formatted(cluster)).path("local_id").asText();
  }

  private long used(JsonNode copy) throws InterruptedException {
    var used = 0L;
    for (var disk : disks(copy)) {
      used += site.simulator().observeVolume(volume(disk)).orElseThrow().usedBytes();
    }
    return used;
  }

  private static List<JsonNode> disks(JsonNode template) {
    return StreamSupport.stream(template.path("vm_disks").spliterator(), false)
        .filter(disk -> disk.path("type").asText().equals("DISK"))
        .toList();
  }

  private static VolumeId volume(JsonNode disk) {
    return new VolumeId(disk.path("vm_volume_local_id").asText());
  }

  private static SnapshotId snapshot(JsonNode disk) {
    return new SnapshotId(disk.path("snapshot_local_id").asText());
  }

  private void refuse(String call) {
    site.hold(
        new FaultRule(
            call, Target.ofCalls(call), Frequency.ALWAYS, new Trouble.Refuse(Refusal.BROKEN)));
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

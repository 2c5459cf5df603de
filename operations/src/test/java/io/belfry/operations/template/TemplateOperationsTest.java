package io.belfry.operations.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateOperationsTest {
  private Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "STOPPED"})
  void clonesATemplateFromAVm(String status) throws InterruptedException {
    var vm = vm(status);

    var template = template(site.done("clone-vm-template-from-vm", body(vm)).getFirst());

    assertThat(template.path("name").asText()).isEqualTo("made");
    assertThat(template.path("description").asText()).isEqualTo("by a test");
    assertThat(template.path("cloud_init_supported").booleanValue()).isTrue();
    assertThat(template.path("memory")).isEqualTo(vm.path("memory"));
    assertThat(template.at("/cluster/id")).isEqualTo(vm.at("/cluster/id"));
    assertThat(template.path("local_id").asText()).doesNotStartWith("placeholder");
    assertThat(template.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(disks(template)).isNotEmpty();
    for (var disk : disks(template)) {
      assertThat(site.simulator().observeVolume(volume(disk))).isPresent();
      assertThat(site.simulator().observeSnapshot(snapshot(disk))).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone-vm-template-from-vm", "convert-vm-template-from-vm"})
  void makesTemplatesThatVmsAreMadeFrom(String path) throws InterruptedException {
    var vm = vm("STOPPED");
    var used = used(vm);
    var nics = site.list("VmNic", "{'where': {'vm': {'id': '%s'}}}".formatted(id(vm))).size();
    var template = site.done(path, body(vm)).getFirst();

    var made =
        site.done(
                "create-vm-from-template",
                """
                [{'template_id': '%s', 'name': 'again', 'is_full_copy': true, 'status': 'RUNNING'}]
                """
                    .formatted(template))
            .getFirst();

    assertThat(used(site.vmById(made))).isEqualTo(used);
    assertThat(site.list("VmNic", "{'where': {'vm': {'id': '%s'}}}".formatted(made))).hasSize(nics);
  }

  @Test
  void convertsAVmIntoATemplate() throws InterruptedException {
    var vm = vm("STOPPED");
    var volumes =
        site.list(
            "VmVolume", "{'where': {'vm_disks_some': {'vm': {'id': '%s'}}}}".formatted(id(vm)));

    var template = template(site.done("convert-vm-template-from-vm", body(vm)).getFirst());

    assertThat(site.list("Vm", where(id(vm)))).isEmpty();
    assertThat(site.simulator().observe(new VmId(vm.path("local_id").asText()))).isEmpty();
    assertThat(disks(template))
        .extracting(disk -> disk.path("vm_volume_local_id"))
        .containsExactlyInAnyOrderElementsOf(
            volumes.stream().map(volume -> volume.path("local_id")).toList());
    for (var volume : volumes) {
      assertThat(site.list("VmVolume", where(id(volume)))).isEmpty();
    }
  }

  @Test
  void leavesNothingOfATemplateThatFails() throws InterruptedException {
    var vm = vm("STOPPED");
    site.hold(
        new FaultRule(
            "copy",
            Target.ofCalls("copyVolume"),
            Frequency.ALWAYS,
            new Trouble.Refuse(Refusal.BROKEN)));

    site.failed("clone-vm-template-from-vm", body(vm));

    assertThat(site.list("VmTemplate", "{'where': {'name': 'made'}}")).isEmpty();
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void bringsAVmBackThatCouldNotBeConverted() throws InterruptedException {
    site.close();
    site = Site.withoutPatience();
    var vm = vm("STOPPED");
    var local = new VmId(vm.path("local_id").asText());
    var before = site.simulator().observe(local).orElseThrow().definition();
    site.hold(
        new FaultRule(
            "undefine",
            Target.ofCalls("undefine"),
            Frequency.ALWAYS,
            new Trouble.Fail(When.AFTER)));
    site.call("convert-vm-template-from-vm", body(vm));
    site.startTasks();
    site.await(1);

    assertThat(site.list("VmTemplate", "{'where': {'name': 'made'}}")).isEmpty();
    assertThat(site.simulator().observe(local).orElseThrow().definition().withDevices(List.of()))
        .isEqualTo(before.withDevices(List.of()));
    assertThat(site.vmById(id(vm)).path("entityAsyncStatus").isNull()).isTrue();
    site.hold();
    site.done("start-vm", where(id(vm)));
  }

  @Test
  void deletesATemplateWithWhatItHolds() throws InterruptedException {
    var template = template(site.done("clone-vm-template-from-vm", body(vm("STOPPED"))).getFirst());

    site.done("delete-vm-template", where(id(template)));

    assertThat(site.list("VmTemplate", where(id(template)))).isEmpty();
    for (var disk : disks(template)) {
      assertThat(site.simulator().observeVolume(volume(disk))).isEmpty();
      assertThat(site.simulator().observeSnapshot(snapshot(disk))).isEmpty();
    }
  }

  @Test
  void keepsCopiesOfTheContentLibrary() {
    var copy = site.first("VmTemplate", "{'content_library_vm_template': {}}");

    assertThatThrownBy(() -> site.call("delete-vm-template", where(id(copy))))
        .hasMessageContaining("is a copy of one of the content library, and goes with that");
  }

  @Test
  void editsATemplate() throws InterruptedException {
    var template = site.done("clone-vm-template-from-vm", body(vm("STOPPED"))).getFirst();

    site.call(
        "update-vm-template",
        "{'where': {'id': '%s'}, 'data': {'name': 'other', 'cloud_init_supported': false}}"
            .formatted(template));

    assertThat(template(template).path("name").asText()).isEqualTo("other");
    assertThat(template(template).path("description").asText()).isEqualTo("by a test");
    assertThat(template(template).path("cloud_init_supported").booleanValue()).isFalse();
  }

  @Test
  void refusesWhatCannotBecomeATemplate() {
    var running = vm("RUNNING");
    var other =
        site.first("Cluster", "{'id_not': '%s'}".formatted(running.at("/cluster/id").asText()));

    assertThatThrownBy(() -> site.call("convert-vm-template-from-vm", body(running)))
        .hasMessageContaining("is RUNNING, expected STOPPED");
    assertThatThrownBy(() ->
            site.call(
                "clone-vm-template-from-vm",
                body(running).replace("'name'", "'cluster_id': '%s', 'name'".formatted(id(other)))))
        .hasMessageContaining("body[0].cluster_id: VM")
        .hasMessageContaining("is in another cluster");
  }

  @Test
  void refusesATemplateThatIsStillBeingMade() {
    try (var waiting = Site.withWaitingTasks()) {
      var vm = waiting.vm("'status': 'STOPPED'");
      var template = waiting.call("clone-vm-template-from-vm", body(vm)).at("/0/data/id").asText();

      assertThatThrownBy(() ->
              waiting.call(
                  "create-vm-from-template",
                  "[{'template_id': '%s', 'name': 'early', 'is_full_copy': true}]"
                      .formatted(template)))
          .hasMessage("Resource [VM_TEMPLATE-%s] locked".formatted(template));
      assertThatThrownBy(() -> waiting.call("delete-vm", where(id(vm))))
          .hasMessageContaining("locked");
    }
  }

  private JsonNode vm(String status) {
    return site.vm(
        "'status': '%s', 'vm_disks_some': {'type': 'DISK'}, 'vm_nics_some': {}".formatted(status));
  }

  private static String body(JsonNode vm) {
    return "[{'vm_id': '%s', 'name': 'made', 'description': 'by a test', 'cloud_init_supported': true}]"
        .formatted(id(vm));
  }

  private JsonNode template(String id) {
    return site.first("VmTemplate", "{'id': '%s'}".formatted(id));
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

  /// How much the volumes of a VM hold.
  private long used(JsonNode vm) throws InterruptedException {
    var used = 0L;
    for (var volume :
        site.list(
            "VmVolume", "{'where': {'vm_disks_some': {'vm': {'id': '%s'}}}}".formatted(id(vm)))) {
      used +=
          site.simulator()
              .observeVolume(new VolumeId(volume.path("local_id").asText()))
              .orElseThrow()
              .usedBytes();
    }
    return used;
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

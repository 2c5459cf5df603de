package io.belfry.operations.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskOperationsTest {
  private final Site site = Site.withWaitingTasks();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void showsTheWorkOfAnotherProgram() {
    publish("backup");

    var task = task("backup");
    assertThat(task.path("status").textValue()).isEqualTo("PENDING");
    assertThat(task.path("description").textValue()).isEqualTo("Back up");
    assertThat(task.at("/user/id").textValue()).isEqualTo("tester");
    assertThat(task.at("/steps/0/key").textValue()).isEqualTo("copy");
  }

  @Test
  void tellsHowItGoesOn() {
    publish("backup");

    update("backup", "{'status': 'EXECUTING', 'progress': 0.25}");
    assertThat(task("backup").path("progress").doubleValue()).isEqualTo(0.25);
    assertThat(task("backup").path("started_at").isTextual()).isTrue();

    update("backup", "{'status': 'SUCCESSED'}");
    assertThat(task("backup").path("progress").doubleValue()).isEqualTo(1);
    assertThat(task("backup").path("finished_at").isTextual()).isTrue();
  }

  @Test
  void refusesASecondTaskWithTheSameId() {
    publish("backup");

    assertThatThrownBy(() -> publish("backup"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("backup");
  }

  @Test
  void refusesToChangeWhatHasEnded() {
    publish("backup");
    update("backup", "{'status': 'SUCCESSED'}");

    assertThatThrownBy(() -> update("backup", "{'progress': 0.5}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void wantsToKnowWhyATaskHasFailed() {
    publish("backup");

    assertThatThrownBy(() -> update("backup", "{'status': 'FAILED'}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("data.error_message");
    assertThat(task("backup").path("status").textValue()).isEqualTo("PENDING");
  }

  @Test
  void refusesProgressBeyondTheEnd() {
    publish("backup");

    assertThatThrownBy(() -> update("backup", "{'progress': 40}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("from 0 to 1");
  }

  @Test
  void cancelsAChangeThatHasNotBegun() {
    var vm = site.vm("'status': 'STOPPED'").path("id").textValue();
    var started = site.call("start-vm", "{'where': {'id': '%s'}}".formatted(vm));
    var task = started.at("/0/task_id").textValue();

    update(task, "{'status': 'FAILED'}");

    assertThat(task(task).path("status").textValue()).isEqualTo("FAILED");
    assertThat(task(task).path("error_message").textValue()).contains("Cancelled by tester");
    assertThat(task(task).path("resource_rollbacked").booleanValue()).isTrue();
    assertThat(site.vmById(vm).path("entityAsyncStatus").isNull()).isTrue();
    assertThat(reservations()).isEmpty();
  }

  @Test
  void cancelsACreationWithAllThatWasPrepared() {
    var cluster =
        site.first("Cluster", "{'hypervisor': 'ELF', 'type': 'SMTX_OS'}").path("id").textValue();
    var created =
        site.call(
            "create-vm",
            """
            [{'cluster_id': '%s', 'name': 'short-lived', 'status': 'STOPPED', 'firmware': 'BIOS',
              'ha': true, 'memory': 1073741824, 'cpu_cores': 1, 'cpu_sockets': 1, 'vm_nics': [],
              'vm_disks': {'mount_new_create_disks': [{'boot': 0, 'bus': 'VIRTIO', 'vm_volume':
                {'name': 'short-lived', 'size': 1073741824,
                 'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}]
            """
                .formatted(cluster));

    update(created.at("/0/task_id").textValue(), "{'status': 'FAILED'}");

    assertThat(site.list("Vm", "{'where': {'name': 'short-lived'}}")).isEmpty();
    assertThat(site.list("VmVolume", "{'where': {'name': 'short-lived'}}")).isEmpty();
  }

  @Test
  void refusesAnyOtherChangeOfTheServersOwnTasks() {
    var vm = site.vm("'status': 'STOPPED'").path("id").textValue();
    var task =
        site.call("start-vm", "{'where': {'id': '%s'}}".formatted(vm)).at("/0/task_id").textValue();

    assertThatThrownBy(() -> update(task, "{'progress': 0.5}"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("can only be cancelled");
  }

  private void publish(String id) {
    site.call(
        "create-task",
        """
        [{'id': '%s', 'user_id': 'tester', 'resource_type': 'Backup', 'resource_mutation': 'backUp',
          'description': {'en-US': 'Back up', 'zh-CN': '备份'},
          'steps': [{'key': 'copy', 'finished': false}]}]
        """
            .formatted(id));
  }

  private void update(String id, String data) {
    site.call("update-task", "{'where': {'id': '%s'}, 'data': %s}".formatted(id, data));
  }

  private JsonNode task(String id) {
    return site.first("Task", "{'id': '%s'}".formatted(id));
  }

  private List<String> reservations() {
    return site.store()
        .read(transaction ->
            transaction.query(
                "SELECT task_id FROM belfry.memory_reservation", List.of(), row -> row.text(1)));
  }
}

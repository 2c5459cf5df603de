package io.belfry.operations.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.operations.Site;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PowerTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void startsAStoppedVm() throws InterruptedException {
    var stopped = site.vm("'status': 'STOPPED'");
    var answer = site.call("start-vm", where(stopped.path("id").textValue()));
    site.await(1);

    assertThat(answer.path(0).path("data").path("entityAsyncStatus").asText())
        .isEqualTo("UPDATING");
    var vm = site.vmById(stopped.path("id").textValue());
    assertThat(vm.path("status").asText()).isEqualTo("RUNNING");
    assertThat(vm.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(vm.path("host").path("id").isTextual()).isTrue();
    var task = site.task(answer.path(0));
    assertThat(task.description().enUs()).isEqualTo("Start VM " + vm.path("name").asText());
    assertThat(task.resourceId()).isEqualTo(vm.path("id").asText());
    assertThat(task.resourceMutation()).isEqualTo("startVm");
  }

  @Test
  void startsSeveralVmsByOneRequest() throws InterruptedException {
    var stopped =
        site.list(
            "Vm",
            "{'where': {'status': 'STOPPED', 'in_recycle_bin': false, 'cluster': {'hypervisor':"
                + " 'ELF'}}, 'first': 3}");
    var ids = stopped.stream().map(vm -> vm.path("id").asText()).toList();

    var started =
        site.done("start-vm", "{'where': {'id_in': ['%s']}}".formatted(String.join("','", ids)));

    assertThat(started).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(ids).allSatisfy(id -> assertThat(status(id)).isEqualTo("RUNNING"));
  }

  /// To mark it when it is asked for, and with all there is to tell when its task ends: writing a
  /// row again costs as much as the first time, and keeps tasks from being recorded together.
  @Test
  void writesTheRowOfAVmTwice() throws InterruptedException {
    site.store()
        .change(transaction ->
            transaction.execute(
                """
                CREATE SEQUENCE belfry.updates;
                CREATE FUNCTION belfry.count() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  PERFORM nextval('belfry.updates');
                  RETURN NULL;
                END
                $$;
                CREATE TRIGGER counted AFTER UPDATE ON tower.vm
                FOR EACH ROW EXECUTE FUNCTION belfry.count()
                """,
                List.of()));

    var stopped =
        site.done(
            "poweroff-vm",
            "{'where': {'id': '%s'}}"
                .formatted(site.vm("'status': 'RUNNING'").path("id").asText()));

    assertThat(stopped).hasSize(1);
    assertThat(
            site.store()
                .query("SELECT last_value FROM belfry.updates", List.of(), row -> row.longValue(1)))
        .containsExactly(2L);
  }

  @Test
  void startsOnTheNamedHost() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    var other =
        site.first(
            "Host",
            "{'cluster': {'id': '%s'}, 'id_not': '%s', 'status': 'CONNECTED_HEALTHY'}"
                .formatted(
                    vm.path("cluster").path("id").asText(), vm.path("host").path("id").asText()));

    site.done(
        "start-vm",
        "{'where': {'id': '%s'}, 'data': {'host_id': '%s'}}"
            .formatted(vm.path("id").asText(), other.path("id").asText()));

    var started = site.vmById(vm.path("id").asText());
    assertThat(started.path("host").path("id")).isEqualTo(other.path("id"));
  }

  @Test
  void refusesToStartARunningVm() {
    var running = site.vm("'status': 'RUNNING'");

    assertRefused("start-vm", running.path("id").asText(), ProblemCode.WRONG_STATE)
        .hasMessage("VM %s is RUNNING, expected STOPPED".formatted(running.path("name").asText()));
  }

  @Test
  void answersNothingWhereNothingMatches() {
    assertThat(site.call("start-vm", where("nothing"))).isEmpty();
  }

  @Test
  void refusesAHostThatDoesNotExist() {
    var stopped = site.vm("'status': 'STOPPED'");
    var body =
        "{'where': {'id': '%s'}, 'data': {'host_id': 'none'}}"
            .formatted(stopped.path("id").asText());

    assertThatThrownBy(() -> site.call("start-vm", body))
        .isInstanceOf(ProblemException.class)
        .hasMessage("body.data.host_id: there is no Host with the id none");
  }

  @Test
  void locksAVmUntilItsTaskEnds() {
    try (var waiting = Site.withWaitingTasks()) {
      var id = waiting.vm("'status': 'STOPPED'").path("id").asText();
      waiting.call("start-vm", where(id));

      assertThatThrownBy(() -> waiting.call("start-vm", where(id)))
          .hasMessage("Resource [VM-%s] locked".formatted(id))
          .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
          .extracting(e -> e.problem().code())
          .isEqualTo(ProblemCode.RESOURCE_LOCKED);
    }
  }

  @Test
  void shutsDownAGuestThatReacts() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING'").path("id").asText();

    site.done("shutdown-vm", where(id));

    assertThat(status(id)).isEqualTo("STOPPED");
    assertThat(site.vmById(id).path("last_shutdown_time").asText())
        .isEqualTo("2026-01-31T08:00:00.000Z");
  }

  @Test
  void failsToShutDownAGuestWithoutTools() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING', 'vm_tools_status': 'NOT_INSTALLED'").path("id").asText();

    var task = site.failed("shutdown-vm", where(id));

    assertThat(task.errorMessage()).contains("JOB_VM_SHUTDOWN_TIMEOUT");
    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(site.vmById(id).path("entityAsyncStatus").isNull()).isTrue();
  }

  @Test
  void powersOffAGuestWithoutTools() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING', 'vm_tools_status': 'NOT_INSTALLED'").path("id").asText();

    site.done("poweroff-vm", where(id));

    assertThat(status(id)).isEqualTo("STOPPED");
  }

  @Test
  void suspendsAndResumes() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING'").path("id").asText();

    site.done("suspend-vm", where(id));
    assertThat(status(id)).isEqualTo("SUSPENDED");
    site.done("resume-vm", where(id));

    assertThat(status(id)).isEqualTo("RUNNING");
  }

  @Test
  void restartsGentlyAndByForce() throws InterruptedException {
    var id = site.vm("'status': 'RUNNING'").path("id").asText();

    site.done("restart-vm", where(id));
    site.done("force-restart-vm", where(id));

    assertThat(status(id)).isEqualTo("RUNNING");
  }

  @Test
  void countsPromisedMemoryOfAHost() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    var hostId = vm.path("host").path("id").asText();
    var before = site.first("Host", "{'id': '%s'}".formatted(hostId));

    site.done("start-vm", where(vm.path("id").asText()));

    var after = site.first("Host", "{'id': '%s'}".formatted(hostId));
    assertThat(
            before.path("allocatable_memory_bytes").longValue()
                - after.path("allocatable_memory_bytes").longValue())
        .isEqualTo(vm.path("memory").longValue());
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String path, String id, ProblemCode code) {
    return assertThatThrownBy(() -> site.call(path, where(id)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  private String status(String id) {
    return site.vmById(id).path("status").asText();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

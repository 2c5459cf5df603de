package io.belfry.operations.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.HostState;
import io.belfry.hypervisor.VmId;
import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Refusal;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.hypervisor.simulator.faults.When;
import io.belfry.operations.Site;
import io.belfry.store.rows.TaskRow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostWatchTest {
  private final Site site = new Site();
  private final JsonNode host = site.first("Host", "{'id': '%s'}".formatted(busiestHost()));
  private final String hostId = host.path("id").asText();

  @AfterEach
  void close() {
    site.close();
  }

  private String busiestHost() {
    return text(
        """
        SELECT host_id
        FROM tower.vm
        WHERE status = 'RUNNING'
        GROUP BY host_id
        ORDER BY count(*) DESC, host_id
        LIMIT 1
        """);
  }

  @Test
  void restartsVmsWithHaElsewhere() throws InterruptedException {
    var lost = running();

    loseHost();
    site.await(lost.size());

    assertThat(lost)
        .hasSizeGreaterThan(2)
        .allSatisfy(id -> {
          var vm = site.vmById(id);
          assertThat(vm.path("status").asText()).isEqualTo("RUNNING");
          assertThat(vm.at("/host/id").asText()).isNotEqualTo(hostId);
          assertThat(vm.path("entityAsyncStatus").isNull()).isTrue();
        });
    assertThat(text("SELECT count(*) FROM belfry.lost_vm")).isEqualTo("0");
    assertThat(text("SELECT count(*) FROM belfry.memory_reservation")).isEqualTo("0");
  }

  @Test
  void showsTheRestartAsAnInternalTask() throws InterruptedException {
    var vm = site.vmById(keepOne());

    loseHost();
    site.await(1);

    var task = onlyRestart(vm);
    assertThat(task.internal()).isTrue();
    assertThat(task.userId()).isNull();
    assertThat(task.description().enUs())
        .startsWith("HA: restart VM %s on host ".formatted(vm.path("name").asText()));
    assertThat(task.description().zhCn()).contains("高可用", vm.path("name").asText());
  }

  @Test
  void showsVmsWithoutHaAsUnknown() throws InterruptedException {
    var lost = running();
    execute("UPDATE tower.vm SET ha = FALSE WHERE host_id = '%s'".formatted(hostId));

    loseHost();

    assertThat(lost).allSatisfy(id -> assertThat(status(id)).isEqualTo("UNKNOWN"));
    assertThat(restarts()).isEmpty();
  }

  @Test
  void showsTheHostAsLostAndRaisesAnAlert() throws InterruptedException {
    loseHost();
    site.lookAtHosts();

    assertThat(shownHost().path("status").asText()).isEqualTo("CONNECTED_ERROR");
    assertThat(shownHost().path("connect_status").asText()).isEqualTo("DISCONNECTED");
    var alerts =
        site.list(
            "Alert",
            "{'where': {'host': {'id': '%s'}, 'ended': false, 'severity': 'CRITICAL', 'disk': null}}"
                .formatted(hostId));
    assertThat(alerts)
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.path("message").asText())
              .isEqualTo("Host %s can't be reached.".formatted(host.path("name").asText()));
          assertThat(alert.at("/alert_rule/id").isTextual()).isTrue();
        });
  }

  @Test
  void showsWhatIsSeenWhenTheHostIsBack() throws InterruptedException {
    var lost = running();
    execute("UPDATE tower.vm SET ha = FALSE WHERE host_id = '%s'".formatted(hostId));
    loseHost();

    findHost();

    assertThat(lost)
        .allSatisfy(id -> {
          assertThat(status(id)).isEqualTo("RUNNING");
          assertThat(site.vmById(id).at("/host/id").asText()).isEqualTo(hostId);
        });
    assertThat(shownHost().path("status").asText()).isEqualTo("CONNECTED_HEALTHY");
    assertThat(
            text(
                "SELECT count(*) FROM tower.alert WHERE host_id = '%s' AND NOT ended AND severity = 'CRITICAL' AND disk_id IS NULL"
                    .formatted(hostId)))
        .isEqualTo("0");
  }

  @Test
  void runsNoVmTwiceWhenTheHostIsBack() throws InterruptedException {
    var id = keepOne();
    loseHost();
    site.await(1);

    findHost();

    var localId = new VmId(site.vmById(id).path("local_id").asText());
    assertThat(site.simulator().observeAll(new HostId(host.path("local_id").asText())))
        .noneMatch(vm -> vm.id().equals(localId));
    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(site.vmById(id).at("/host/id").asText()).isNotEqualTo(hostId);
  }

  @Test
  void restartsWhatFindsNoRoomWhenThereIsRoom() throws InterruptedException {
    var id = keepOne();
    setMaintenance("MAINTENANCE_MODE");
    loseHost();
    assertThat(status(id)).isEqualTo("UNKNOWN");
    assertThat(restarts()).isEmpty();

    setMaintenance("IN_USE");
    execute("UPDATE belfry.lost_vm SET due_at = now()");
    site.lookAtHosts();
    site.await(1);

    assertThat(status(id)).isEqualTo("RUNNING");
  }

  @Test
  void givesRoomToTheHighestPriorityFirst() throws InterruptedException {
    var ids = running();
    execute(
        "UPDATE tower.vm SET memory = 1 << 30, ha_priority = 'LEVEL_1_LOW' WHERE host_id = '%s'"
            .formatted(hostId));
    var wanted = ids.getLast();
    execute("UPDATE tower.vm SET ha_priority = 'LEVEL_3_HIGH' WHERE id = '%s'".formatted(wanted));
    leaveRoomForOne(1L << 30);

    loseHost();
    site.await(1);

    assertThat(restarts())
        .extracting(TaskRow::resourceId)
        .as("what found room")
        .containsExactly(wanted);
    assertThat(ids)
        .filteredOn(id -> !id.equals(wanted))
        .allSatisfy(id ->
            assertThat(text("SELECT status FROM tower.vm WHERE id = '%s'".formatted(id)))
                .isEqualTo("UNKNOWN"));
  }

  @Test
  void triesAgainAfterARestartFailed() throws InterruptedException {
    var id = keepOne();
    site.hold(
        new FaultRule(
            "start",
            Target.ofCalls("start"),
            Frequency.first(1),
            new Trouble.Refuse(Refusal.BROKEN)));
    loseHost();
    site.await(1);
    assertThat(status(id)).isEqualTo("UNKNOWN");
    assertThat(site.vmById(id).path("entityAsyncStatus").isNull()).isTrue();

    execute("UPDATE belfry.lost_vm SET due_at = now()");
    site.lookAtHosts();
    site.await(1);

    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(restarts()).hasSize(2);
  }

  @Test
  void waitsForTheTaskThatChangesAVm() throws InterruptedException {
    var id = keepOne();
    site.hold(
        new FaultRule(
            "hang", Target.ofCalls("suspend"), Frequency.ALWAYS, new Trouble.Hang(When.BEFORE)));
    site.call("suspend-vm", "{'where': {'id': '%s'}}".formatted(id));
    while (site.faultLedger().counts("hang").struck() == 0) {
      Thread.onSpinWait();
    }

    loseHost();
    assertThat(status(id)).isEqualTo("RUNNING");
    site.hold();
    site.await(1);
    site.lookAtHosts();
    site.await(1);

    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(site.vmById(id).at("/host/id").asText()).isNotEqualTo(hostId);
  }

  @Test
  void restartsEachVmOnceThoughSeveralWatch() throws Exception {
    var lost = running();
    change(HostState.UNREACHABLE);
    var together = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var watches =
          IntStream.range(0, 4)
              .mapToObj(_ -> site.newWatch())
              .map(watch ->
                  threads.submit(() -> {
                    together.await();
                    watch.look();
                    return true;
                  }))
              .toList();
      together.countDown();
      for (var watch : watches) {
        assertThat(watch.get()).isTrue();
      }
    }
    site.await(lost.size());

    assertThat(restarts()).extracting(TaskRow::resourceId).doesNotHaveDuplicates();
    assertThat(restarts()).hasSameSizeAs(lost);
    assertThat(
            text(
                "SELECT count(*) FROM tower.alert WHERE host_id = '%s' AND NOT ended AND severity = 'CRITICAL' AND disk_id IS NULL"
                    .formatted(hostId)))
        .isEqualTo("1");
  }

  @Test
  void leavesSuspendedVmsUnknown() throws InterruptedException {
    var id = keepOne();
    site.done("suspend-vm", "{'where': {'id': '%s'}}".formatted(id));

    loseHost();
    assertThat(status(id)).isEqualTo("UNKNOWN");
    assertThat(restarts()).isEmpty();
    findHost();

    assertThat(status(id)).isEqualTo("SUSPENDED");
  }

  @Test
  void letsPeopleStartAStoppedVmElsewhere() throws InterruptedException {
    var id = keepOne();
    site.done("poweroff-vm", "{'where': {'id': '%s'}}".formatted(id));
    loseHost();
    assertThat(status(id)).isEqualTo("STOPPED");

    site.done("start-vm", "{'where': {'id': '%s'}}".formatted(id));

    assertThat(status(id)).isEqualTo("RUNNING");
    assertThat(site.vmById(id).at("/host/id").asText()).isNotEqualTo(hostId);
  }

  // The words of the tests

  private void loseHost() throws InterruptedException {
    change(HostState.UNREACHABLE);
    site.lookAtHosts();
  }

  private void findHost() throws InterruptedException {
    change(HostState.CONNECTED);
    site.lookAtHosts();
  }

  private void change(HostState state) {
    site.simulator().changeHost(new HostId(host.path("local_id").asText()), state);
  }

  /// The VMs that run on the host.
  private List<String> running() {
    return site
        .list("Vm", "{'where': {'host': {'id': '%s'}, 'status': 'RUNNING'}}".formatted(hostId))
        .stream()
        .map(vm -> vm.path("id").asText())
        .toList();
  }

  /// Takes HA from all VMs on the host but one.
  private String keepOne() {
    var id = running().getFirst();
    execute(
        "UPDATE tower.vm SET ha = FALSE WHERE host_id = '%s' AND id <> '%s'".formatted(hostId, id));
    return id;
  }

  private void setMaintenance(String state) {
    execute(
        "UPDATE tower.host SET host_state = host_state || '{\"state\": \"%s\"}' WHERE id <> '%s'"
            .formatted(state, hostId));
  }

  /// Leaves so much memory on one other host, and none on the rest.
  private void leaveRoomForOne(long bytes) {
    setMaintenance("MAINTENANCE_MODE");
    execute(
        """
        UPDATE tower.host AS h
        SET host_state = host_state || '{"state": "IN_USE"}',
          os_memory_bytes = total_memory_bytes - %s - (
            SELECT coalesce(sum(memory), 0)
            FROM tower.vm
            WHERE host_id = h.id
              AND status IN ('RUNNING', 'SUSPENDED'))
        WHERE id = (
          SELECT id
          FROM tower.host
          WHERE cluster_id = '%s'
            AND id <> '%s'
            AND status = 'CONNECTED_HEALTHY'
          ORDER BY id
          LIMIT 1)
        """
            .formatted(bytes, host.at("/cluster/id").asText(), hostId));
  }

  private JsonNode shownHost() {
    return site.first("Host", "{'id': '%s'}".formatted(hostId));
  }

  private String status(String vm) {
    return site.vmById(vm).path("status").asText();
  }

  private List<TaskRow> restarts() {
    return site.store()
        .read(transaction ->
            transaction.rows(
                TaskRow.TYPE, "WHERE resource_mutation = 'haRestartVm' ORDER BY id", List.of()));
  }

  private TaskRow onlyRestart(JsonNode vm) {
    assertThat(restarts()).hasSize(1);
    assertThat(restarts().getFirst().resourceId()).isEqualTo(vm.path("id").asText());
    return restarts().getFirst();
  }

  private String text(String sql) {
    return site.store()
        .read(transaction -> transaction.query(sql, List.of(), row -> row.text(1)))
        .getFirst();
  }

  private void execute(String sql) {
    site.store().change(transaction -> transaction.execute(sql, List.of()));
  }
}

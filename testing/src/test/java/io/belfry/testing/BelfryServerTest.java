package io.belfry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.api.HostApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.api.VmSnapshotApi;
import io.belfry.sdk.model.ConsistentType;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmSnapshot;
import io.belfry.sdk.model.VmSnapshotCreationParams;
import io.belfry.sdk.model.VmSnapshotCreationParamsData;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.simulator.Fault;
import io.belfry.sdk.simulator.SimulatedHost;
import io.belfry.sdk.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@BelfryServer(simulate = "20-vms", seed = 7)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BelfryServerTest {
  @SuppressWarnings("NullAway.Init")
  @FromServer
  private static ApiClient ofTheClass;

  @SuppressWarnings("NullAway.Init")
  @FromServer
  private Simulator simulator;

  private final ApiClient client;

  BelfryServerTest(ApiClient client) {
    this.client = client;
  }

  @Test
  void simulatesWhatTheAnnotationSays(Simulator given, ServerAccess access) {
    assertThat(new VmApi(client).getVms()).hasSize(20);
    assertThat(ofTheClass).isSameAs(client);
    assertThat(given).isSameAs(simulator);
    assertThat(client.configuration().host()).hasToString(access.url());
  }

  @Test
  void letsProgramsLogInThemselves(ServerAccess access) {
    var credentials = Credentials.local(access.username(), access.password());
    try (var other = ApiClient.connect(access.url(), credentials)) {
      assertThat(new HostApi(other).getHosts()).isNotEmpty();
    }
  }

  @Test
  @Order(1)
  void mayChangeEverything() {
    var vms = new VmApi(client);
    var running = vms.getVms(Vm.STATUS.is(VmStatus.RUNNING));
    vms.poweroffVm(Vm.ID.is(running.get(0).id())).await(Duration.ofMinutes(1));
    simulator.add(Fault.hang().operations("poweroff-vm"));
    vms.poweroffVm(Vm.ID.is(running.get(1).id()));
    simulator.hostDown(simulator.hosts().get(0).id());
  }

  @Test
  @Order(2)
  void findsNothingOfWhatAnEarlierTestHasChanged() {
    var vms = new VmApi(client);
    assertThat(vms.getVms()).allMatch(vm -> vm.entityAsyncStatus() == null);
    assertThat(simulator.faults()).isEmpty();
    assertThat(simulator.hosts().get(0).state()).isEqualTo(SimulatedHost.State.CONNECTED);
    var running = vms.getVms(Vm.STATUS.is(VmStatus.RUNNING));
    vms.poweroffVm(Vm.ID.in(running.get(0).id(), running.get(1).id())).await(Duration.ofMinutes(1));
  }

  @Test
  void letsTimePass() {
    var vm = new VmApi(client).getVms(q -> q.first(1)).get(0);
    var snapshots = new VmSnapshotApi(client);
    var old = snapshot(snapshots, vm, "old");
    simulator.passTime(Duration.ofDays(8));
    var young = snapshot(snapshots, vm, "young");

    var weekAgo = simulator.time().minus(Duration.ofDays(7));

    var ofVm = VmSnapshot.VM.has(Vm.ID.is(vm.id())).and(VmSnapshot.NAME.in("old", "young"));
    assertThat(snapshots.getVmSnapshots(ofVm.and(VmSnapshot.LOCAL_CREATED_AT.before(weekAgo))))
        .extracting(VmSnapshot::id)
        .containsExactly(old);
    assertThat(snapshots.getVmSnapshots(ofVm)).extracting(VmSnapshot::id).contains(young);
  }

  private static String snapshot(VmSnapshotApi snapshots, Vm vm, String name) {
    return snapshots
        .createVmSnapshot(
            VmSnapshotCreationParams.builder()
                .data(
                    VmSnapshotCreationParamsData.builder()
                        .vmId(vm.id())
                        .name(name)
                        .consistentType(ConsistentType.CRASH_CONSISTENT)
                        .build())
                .build())
        .await(Duration.ofMinutes(1))
        .get(0)
        .id();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void isInTheRealTimeAgain() {
    assertThat(simulator.time())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Nested
  class InANestedClass {
    @SuppressWarnings("NullAway.Init")
    @FromServer
    private ApiClient nested;

    @Test
    void isTheSameServer() {
      assertThat(nested).isSameAs(client);
    }
  }

  @Nested
  @BelfryServer(simulate = "5-vms", seed = 7)
  class InANestedClassWithOtherValues {
    @Test
    void isAServerOfItsOwn(ApiClient other) {
      assertThat(other).isNotSameAs(client);
      assertThat(new VmApi(other).getVms()).hasSize(5);
    }
  }
}

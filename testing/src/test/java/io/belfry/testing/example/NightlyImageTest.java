package io.belfry.testing.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.ContentLibraryVmTemplateApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.Hypervisor;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.simulator.Fault;
import io.belfry.sdk.simulator.Refusal;
import io.belfry.sdk.simulator.Simulator;
import io.belfry.testing.BelfryServer;
import io.belfry.testing.FromServer;
import org.junit.jupiter.api.Test;

@BelfryServer(simulate = "small", seed = 42, speed = "instant")
class NightlyImageTest {
  private static final String NAME = "nightly";

  @SuppressWarnings("NullAway.Init")
  @FromServer
  private ApiClient client;

  @Test
  void makesAVmWithASnapshot() {
    var snapshot = new NightlyImage(client).make(template(), cluster(), NAME);

    assertThat(snapshot.name()).isEqualTo("nightly-first");
    assertThat(vms()).isOne();
  }

  @Test
  void leavesNoVmWhereTheSnapshotFails(Simulator simulator) {
    simulator.add(Fault.refuse(Refusal.BROKEN).calls("snapshot"));

    assertThatThrownBy(() -> new NightlyImage(client).make(template(), cluster(), NAME))
        .isInstanceOf(TaskFailedException.class);
    assertThat(vms()).isZero();
  }

  @Test
  void waitsForAHypervisorThatIsAwayForAWhile(Simulator simulator) {
    simulator.add(Fault.reset().afterTheEffect().operations("create-vm-snapshot").first(1));

    new NightlyImage(client).make(template(), cluster(), NAME);

    assertThat(vms()).isOne();
  }

  private String template() {
    return new ContentLibraryVmTemplateApi(client).getContentLibraryVmTemplates().getFirst().name();
  }

  private String cluster() {
    return new ClusterApi(client)
        .getClusters(Cluster.HYPERVISOR.is(Hypervisor.ELF))
        .getFirst()
        .id();
  }

  private long vms() {
    return new VmApi(client).getVms(Vm.NAME.is(NAME)).size();
  }
}

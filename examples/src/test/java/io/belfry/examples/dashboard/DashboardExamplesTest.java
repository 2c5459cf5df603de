package io.belfry.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.examples.RunningServer;
import io.belfry.examples.Surroundings;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.DatacenterApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ClusterType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Dashboard 构建
@ExtendWith(RunningServer.class)
final class DashboardExamplesTest {
  private final ApiClient client;
  private final Surroundings around;

  DashboardExamplesTest(Surroundings around) {
    this.client = around.client();
    this.around = around;
  }

  @Test
  void formatsUnits() {
    assertThat(Units.bytes(0)).isEqualTo("0 B");
    assertThat(Units.bytes(1536)).isEqualTo("1.50 KiB");
    assertThat(Units.hertz(2_600_000_000.0)).isEqualTo("2.60 GHz");
  }

  @Test
  void showsEverything() {
    var dashboard = Dashboard.ofEverything(client);
    assertThat(dashboard.alerts().critical()).isNotEmpty();
    assertThat(dashboard.alerts().notice()).isNotEmpty();
    assertThat(dashboard.alerts().info()).isNotEmpty();
    assertThat(dashboard.hardDisks().error()).isPositive();
    assertThat(dashboard.hardDisks().warning()).isPositive();
    assertThat(dashboard.hardDisks().healthy()).isGreaterThan(dashboard.hardDisks().error());
    var compute = dashboard.performance().compute().orElseThrow();
    assertThat(compute.cpu().percent()).isBetween(0.1, 100.0);
    assertThat(compute.memory().percent()).isBetween(0.1, 100.0);
    assertThat(dashboard.performance().storage().available()).isPositive();
    assertThat(dashboard.text()).contains("CPU", "Memory", "Storage", "Disks", "Alerts");
  }

  @Test
  void showsOneCluster() {
    var dashboard = Dashboard.ofCluster(client, around.clusterId());
    assertThat(dashboard.clusters()).extracting(Cluster::id).containsExactly(around.clusterId());
    assertThat(dashboard.performance().compute()).isPresent();
  }

  @Test
  void showsNoComputingWhereClustersOnlyStore() {
    var zbs = new ClusterApi(client).getClusters(Cluster.TYPE.is(ClusterType.SMTX_ZBS)).getFirst();
    var performance = Dashboard.ofCluster(client, zbs.id()).performance();
    assertThat(performance.compute()).isEmpty();
    assertThat(performance.storage().total()).isPositive();
  }

  @Test
  void showsDatacenters() {
    var datacenters = new DatacenterApi(client).getDatacenters(q -> q);
    assertThat(datacenters)
        .map(datacenter -> Dashboard.ofDatacenter(client, datacenter.id()).clusters().size())
        .satisfies(sizes ->
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(Dashboard.ofEverything(client).clusters().size()));
  }
}

package io.belfry.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationSizeTest {
  @Test
  void readsWordsAndNumbers() {
    assertThat(SimulationSize.parse("small").vms()).isEqualTo(100);
    assertThat(SimulationSize.parse("medium").vms()).isEqualTo(2_000);
    assertThat(SimulationSize.parse("large").vms()).isEqualTo(20_000);
    assertThat(SimulationSize.parse("5000-vms").vms()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "huge", "100", "-5-vms", "vms", "9999999999-vms"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> SimulationSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("small, medium, large")
        .hasMessageEndingWith(": " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-vms", "100001-vms"})
  void refusesNumbersOutOfRange(String text) {
    assertThatThrownBy(() -> SimulationSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 100,000");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 99, 100, 1_714, 1_715, 20_000, 99_999, 100_000})
  void placesEveryVmInAClusterThatHasRoomForIt(int vms) {
    var clusters = new SimulationSize(vms).clusters();

    assertThat(clusters.stream().mapToInt(ClusterPlan::vms).sum()).isEqualTo(vms);
    assertThat(clusters)
        .allSatisfy(cluster -> assertThat(cluster.vms()).isLessThanOrEqualTo(1_200))
        .allSatisfy(cluster -> assertThat(cluster.vms()).isLessThanOrEqualTo(cluster.hosts() * 30))
        .extracting(ClusterPlan::number)
        .doesNotHaveDuplicates();
  }

  @Test
  void hasAllKindsOfClusters() {
    assertThat(SimulationSize.SMALL.clusters())
        .extracting(ClusterPlan::name)
        .containsExactly("cluster-hci-01", "cluster-vmware-02", "cluster-zbs-03");
  }

  @Test
  void addsClustersAndHostsAsItGrows() {
    var clusters = new SimulationSize(100_000).clusters();

    assertThat(clusters).hasSize(85);
    assertThat(clusters.stream().mapToInt(ClusterPlan::hosts).sum()).isBetween(3_300, 3_500);
  }
}

package io.belfry.operations.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Metrics of a small simulated data centre.
final class MetricsTest {
  private static final long NOW = Site.NOW.toEpochMilli();
  private static final String CPU = "elf_vm_cpu_overall_usage_percent";

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  // VMs

  @Test
  void cpuOfAVmEndsWithWhatTheVmShows() throws Exception {
    var vm = started();

    var answer = ofVm(vm, "1h", CPU);

    assertThat(answer.size()).isEqualTo(1);
    assertThat(answer.get(0).required("task_id").isNull()).isTrue();
    var data = answer.get(0).required("data");
    assertThat(data.required("unit").textValue()).isEqualTo("PERCENT");
    assertThat(data.required("dropped").booleanValue()).isFalse();
    var points = stream(answer, 0).required("points");
    var last = points.get(points.size() - 1);
    assertThat(last.required("t").longValue()).isEqualTo(NOW);
    assertThat(last.required("v").doubleValue())
        .isEqualTo(site.vmById(id(vm)).required("cpu_usage").doubleValue());
  }

  @Test
  void memoryAndFrequencyFollowFromPercentages() {
    var vm = runningForLong();

    var answer =
        ofVm(
            vm,
            "24h",
            "elf_vm_memory_usage_percent",
            "elf_vm_memory_used_bytes",
            CPU,
            "elf_vm_cpu_overall_used_hz");

    var host = site.first("Host", "{'id': '%s'}".formatted(id(vm.required("host"))));
    var hertz = vm.required("vcpu").longValue() * host.required("cpu_hz_per_core").longValue();
    var memory = vm.required("memory").longValue();
    for (var i = 0; i < values(answer, 0).size(); i += 50) {
      assertThat(values(answer, 1).get(i))
          .isCloseTo(values(answer, 0).get(i) * memory / 100, within(memory / 1e4));
      assertThat(values(answer, 3).get(i))
          .isCloseTo(values(answer, 2).get(i) * hertz / 100, within(hertz / 1e4));
    }
    assertThat(units(answer)).containsExactly("PERCENT", "DATA_SIZE", "PERCENT", "FREQUENCY");
  }

  @Test
  void labelsSayWhichVm() {
    var vm = runningForLong();

    var labels = stream(ofVm(vm, "1h", CPU), 0).required("labels");

    assertThat(labels.required("_vm")).isEqualTo(vm.required("local_id"));
    assertThat(labels.required("name")).isEqualTo(vm.required("name"));
    assertThat(labels.required("metric_name").textValue()).isEqualTo(CPU);
    var host = site.first("Host", "{'id': '%s'}".formatted(id(vm.required("host"))));
    assertThat(labels.required("_host")).isEqualTo(host.required("local_id"));
  }

  @Test
  void pointsHaveEqualDistancesAndAreNotMoreThanAllowed() {
    var vm = runningForLong();
    for (var range : List.of("1h", "24h", "72h", "7d", "90s", "3w", "366d")) {
      var answer = ofVm(vm, range, CPU);
      var step = answer.get(0).required("data").required("step").longValue();
      var points = stream(answer, 0).required("points");

      assertThat(points.size()).as(range).isBetween(1, MetricLimits.DEFAULT.points());
      for (var i = 1; i < points.size(); i++) {
        assertThat(points.get(i).required("t").longValue())
            .isEqualTo(points.get(i - 1).required("t").longValue() + step * 1000);
      }
    }
  }

  @Test
  void askingAgainForLongerGivesTheSameValuesForTheSameTime() {
    var vm = runningForLong();

    var day = stream(ofVm(vm, "24h", CPU), 0).required("points");
    var days = stream(ofVm(vm, "3d", CPU), 0).required("points");

    var byTime =
        StreamSupport.stream(day.spliterator(), false)
            .collect(
                Collectors.toMap(
                    point -> point.required("t").longValue(),
                    point -> point.required("v").doubleValue()));
    var common =
        StreamSupport.stream(days.spliterator(), false)
            .filter(point -> byTime.containsKey(point.required("t").longValue()))
            .toList();
    assertThat(common).hasSizeGreaterThan(90);
    assertThat(common)
        .allSatisfy(point ->
            assertThat(point.required("v").doubleValue())
                .isEqualTo(byTime.get(point.required("t").longValue())));
  }

  @Test
  void aStoppedVmHasNoPoints() {
    var vm = site.vm("'status': 'STOPPED'");

    assertThat(streams(ofVm(vm, "1h", CPU), 0)).isEmpty();
  }

  @Test
  void aVmHasNoPointsFromBeforeItWasStarted() throws Exception {
    var vm = started();

    var points = stream(ofVm(vm, "7d", CPU), 0).required("points");

    assertThat(points)
        .allSatisfy(point -> assertThat(point.required("t").longValue()).isEqualTo(NOW));
  }

  @Test
  void aVmHasNoPointsFromBeforeItWasMade() {
    var vm =
        site.first(
            "Vm", "{'status': 'RUNNING', 'local_created_at_gt': '%s'}".formatted(daysAgo(20)));

    var points = stream(ofVm(vm, "30d", CPU), 0).required("points");

    var made = Instant.parse(vm.required("local_created_at").textValue());
    assertThat(points)
        .allSatisfy(point ->
            assertThat(point.required("t").longValue())
                .isGreaterThanOrEqualTo(made.toEpochMilli()));
    assertThat(points.size()).isLessThan(355);
  }

  @Test
  void unknownMetricsAreAnsweredWithoutStreams() {
    var answer = ofVm(runningForLong(), "1h", "elf_vm_dreams", "host_memory_used_bytes", CPU);

    assertThat(answer.size()).isEqualTo(3);
    assertThat(streams(answer, 0)).isEmpty();
    assertThat(streams(answer, 1)).as("not a metric of VMs").isEmpty();
    assertThat(streams(answer, 2)).hasSize(1);
  }

  @Test
  void disksOfAVmAddUpToItsOverall() {
    var vm =
        site.first(
            "Vm",
            "{'status': 'RUNNING', 'vm_tools_status': 'RUNNING', 'vm_disks_some': {'boot': 1,"
                + " 'type': 'DISK'}}");

    var overall =
        ofVm(
            vm,
            "1h",
            "elf_vm_disk_overall_read_iops",
            "elf_vm_disk_overall_write_iops",
            "elf_vm_disk_overall_readwrite_iops",
            "elf_vm_disk_overall_avg_read_latency_ns");
    var each =
        site.ask(
            "get-vm-volume-metrics",
            "{'vmVolumes': {'vm_disks_some': {'vm': {'id': '%s'}}}, 'metrics': ['elf_vm_disk_read_iops', 'elf_vm_disk_avg_read_latency_ns'], 'range': '1h'}"
                .formatted(id(vm)));

    assertThat(streams(each, 0)).hasSizeGreaterThan(1);
    var sum = 0.0;
    for (var stream : streams(each, 0)) {
      sum += stream.required("points").get(0).required("v").doubleValue();
    }
    assertThat(values(overall, 0).getFirst()).isCloseTo(sum, within(0.01)).isPositive();
    assertThat(values(overall, 2).getFirst())
        .isCloseTo(values(overall, 0).getFirst() + values(overall, 1).getFirst(), within(0.01));
    var latencies =
        streams(each, 1).stream()
            .mapToDouble(stream -> stream.required("points").get(0).required("v").doubleValue())
            .summaryStatistics();
    assertThat(values(overall, 3).getFirst())
        .isBetween(latencies.getMin() - 1, latencies.getMax() + 1);
    assertThat(units(overall)).containsExactly("COUNT", "COUNT", "COUNT", "TIME");
  }

  @Test
  void networkMetricsAreOfEachNic() {
    var vm = runningForLong();

    var answer =
        site.ask(
            "get-vm-network-metrics",
            "{'vms': {'id': '%s'}, 'metrics': ['elf_vm_network_receive_speed_bps', 'elf_vm_network_receive_speed_bitps', 'elf_vm_network_transmit_speed_bps'], 'range': '1h'}"
                .formatted(id(vm)));

    var nics = site.list("VmNic", "{'where': {'vm': {'id': '%s'}}}".formatted(id(vm)));
    assertThat(streams(answer, 0))
        .extracting(stream -> stream.required("labels").required("_mac").textValue())
        .containsExactlyElementsOf(
            nics.stream().map(nic -> nic.required("mac_address").textValue()).toList());
    assertThat(values(answer, 1).getFirst())
        .isCloseTo(8 * values(answer, 0).getFirst(), within(0.1));
    assertThat(values(answer, 2).getFirst()).isPositive();
    assertThat(units(answer)).containsExactly("DATA_RATE_BYTE", "DATA_RATE_BIT", "DATA_RATE_BYTE");
  }

  @Test
  void aFilterOfNicsNarrowsThatOfVms() {
    var vm = runningForLong();
    var body =
        "{'vms': {'id': '%s'}, 'nics': {'mac_address': '%s'}, 'metrics':"
            + " ['elf_vm_network_receive_speed_bps'], 'range': '1h'}";
    var mac =
        site.first("VmNic", "{'vm': {'id': '%s'}}".formatted(id(vm)))
            .required("mac_address")
            .textValue();

    assertThat(streams(site.ask("get-vm-network-metrics", body.formatted(id(vm), mac)), 0))
        .hasSize(1);
    assertThat(streams(site.ask("get-vm-network-metrics", body.formatted(id(vm), "none")), 0))
        .isEmpty();
  }

  @Test
  void aLunIsAsBusyAsItsVolume() {
    var volume = site.first("VmVolume", "{'vm_disks_some': {'vm': {'status': 'RUNNING'}}}");

    var ofVolume =
        site.ask(
            "get-vm-volume-metrics",
            "{'vmVolumes': {'id': '%s'}, 'metrics': ['zbs_volume_readwrite_iops'], 'range': '1h'}"
                .formatted(id(volume)));
    var ofLun = site.ask("get-lun-metrics", lun(volume, ""));

    assertThat(stream(ofLun, 0).required("points"))
        .isEqualTo(stream(ofVolume, 0).required("points"));
  }

  @Test
  void aLunShowsWhatSomeHostsDoWithIt() {
    var volume = site.first("VmVolume", "{'vm_disks_some': {'vm': {'status': 'RUNNING'}}}");
    var vm =
        site.first("Vm", "{'vm_disks_some': {'vm_volume': {'id': '%s'}}}".formatted(id(volume)));
    var host = id(vm.required("host"));

    assertThat(
            streams(
                site.ask("get-lun-metrics", lun(volume, "'hosts': {'id': '%s'},".formatted(host))),
                0))
        .hasSize(1);
    assertThat(
            streams(
                site.ask(
                    "get-lun-metrics", lun(volume, "'hosts': {'id_not': '%s'},".formatted(host))),
                0))
        .isEmpty();
  }

  private static String lun(JsonNode volume, String hosts) {
    return "{'luns': {'id': '%s'}, %s 'metrics': ['zbs_volume_readwrite_iops'], 'range': '1h'}"
        .formatted(id(volume.required("lun")), hosts);
  }

  // Hosts and clusters

  @Test
  void aHostIsAsBusyAsItsVms() {
    var host = site.first("Host", "{'running_vm_num_gt': 1, 'cluster': {'hypervisor': 'ELF'}}");

    var ofHost =
        site.ask(
            "get-host-metrics",
            "{'hosts': {'id': '%s'}, 'metrics': ['host_cpu_overall_used_hz', 'host_cpu_overall_usage_percent', 'host_memory_used_bytes', 'elf_host_vcpus_provisioned_running'], 'range': '1h'}"
                .formatted(id(host)));
    var ofVms =
        site.ask(
            "get-vm-metrics",
            "{'vms': {'host': {'id': '%s'}}, 'metrics': ['elf_vm_cpu_overall_used_hz'], 'range': '1h'}"
                .formatted(id(host)));

    var sum =
        streams(ofVms, 0).stream()
            .mapToDouble(stream -> last(stream).required("v").doubleValue())
            .sum();
    assertThat(values(ofHost, 0).getLast()).isCloseTo(sum, within(sum / 1e4)).isPositive();
    var total = host.required("total_cpu_hz").doubleValue();
    assertThat(values(ofHost, 1).getLast()).isCloseTo(100 * sum / total, within(0.01));
    assertThat(values(ofHost, 2).getLast())
        .isEqualTo(host.required("used_memory_bytes").doubleValue());
  }

  @Test
  void aHostThatDoesNotAnswerHasNoMetrics() {
    var lost = site.first("Host", "{'status': 'CONNECTED_ERROR'}");

    var answer =
        site.ask(
            "get-host-metrics",
            "{'hosts': {'id': '%s'}, 'metrics': ['host_memory_used_bytes', 'host_disk_overall_read_iops'], 'range': '1h'}"
                .formatted(id(lost)));

    assertThat(streams(answer, 0)).isEmpty();
    assertThat(streams(answer, 1)).isEmpty();
  }

  @Test
  void aClusterCountsWhatRuns() {
    var cluster = site.first("Cluster", "{'running_vm_num_gt': 1, 'hypervisor': 'ELF'}");

    var answer =
        site.ask(
            "get-cluster-metrics",
            "{'clusters': {'id': '%s'}, 'metrics': ['elf_cluster_vcpus_provisioned_running', 'zbs_cluster_readwrite_speed_bps'], 'range': '1h'}"
                .formatted(id(cluster)));

    assertThat(values(answer, 0).getLast())
        .isEqualTo(cluster.required("provisioned_cpu_cores_for_active_vm").doubleValue());
    assertThat(values(answer, 1).getLast()).isPositive();
  }

  @Test
  void disksAndPortsOfHostsAreMeasured() {
    var disks =
        site.ask(
            "get-disk-metrics",
            "{'disks': {'host': {'status': 'CONNECTED_HEALTHY'}, 'mounted': true, 'type': 'HDD'},"
                + " 'metrics': ['host_disk_readwrite_iops'], 'range': '1h'}");
    var ports =
        site.ask(
            "get-host-network-metrics",
            "{'hosts': {'status': 'CONNECTED_HEALTHY'}, 'nics': {'type': 'VM'}, 'metrics':"
                + " ['host_network_transmit_speed_bitps'], 'range': '1h'}");

    assertThat(values(disks, 0).getFirst()).isPositive();
    assertThat(values(ports, 0).getFirst()).isPositive();
    assertThat(stream(ports, 0).required("labels").has("_device")).isTrue();
  }

  @Test
  void unmountedDisksHaveNoMetrics() {
    var answer =
        site.ask(
            "get-disk-metrics",
            "{'disks': {'mounted': false}, 'metrics': ['host_disk_readwrite_iops'], 'range':"
                + " '1h'}");

    assertThat(streams(answer, 0)).isEmpty();
  }

  @Test
  void whatNobodyMeasuresHasNoStreams() {
    var bodies =
        List.of(
            List.of("get-zone-metrics", "'clusters': {}, 'type': 'primary-to-secondary'"),
            List.of("get-witness-metrics", "'clusters': {}"),
            List.of("get-nvmf-namespace-metrics", "'nvmfNamespaces': {}, 'hosts': {}"),
            List.of("get-host-service-metrics", "'hosts': {}, 'services': ['zbs-metad']"),
            List.of("get-scvm-metrics", "'hosts': {}"),
            List.of("get-scvm-disk-metrics", "'disks': {}"),
            List.of("get-scvm-network-metrics", "'hosts': {}, 'nics': {}"),
            List.of("get-scvm-service-metrics", "'hosts': {}, 'services': []"));
    for (var each : bodies) {
      var answer =
          site.ask(
              each.getFirst(),
              "{%s, 'metrics': ['host_memory_used_bytes'], 'range': '1h'}"
                  .formatted(each.getLast()));

      assertThat(answer.size()).as(each.getFirst()).isEqualTo(1);
      assertThat(streams(answer, 0)).as(each.getFirst()).isEmpty();
    }
  }

  // The busiest

  @Test
  void topIsSortedAndBottomIsItsEnd() {
    var top = top("top", MetricLimits.DEFAULT.streams());
    var bottom = top("bottom", 3);

    var all = samples(top);
    assertThat(all).hasSizeGreaterThan(10).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(samples(bottom)).containsExactlyElementsOf(all.reversed().subList(0, 3));
    var sample = top.get(0).required("data").required("samples").get(0);
    assertThat(sample.required("labels").required("_vm").textValue()).isNotEmpty();
    assertThat(top.get(0).required("data").required("sample_streams").isNull()).isTrue();
  }

  @Test
  void topComparesTheMeanOfTheRange() {
    var sample = top("top", 1).get(0).required("data").required("samples").get(0);
    var vm =
        site.first(
            "Vm",
            "{'local_id': '%s'}".formatted(sample.required("labels").required("_vm").textValue()));

    var mean = values(ofVm(vm, "24h", CPU), 0).stream().mapToDouble(Double::doubleValue).average();

    assertThat(sample.required("point").required("v").doubleValue())
        .isCloseTo(mean.orElseThrow(), within(0.001));
  }

  private JsonNode top(String type, int count) {
    return site.ask(
        "get-top-n-metrics-in-clusters",
        "{'clusters': {'hypervisor': 'ELF'}, 'metrics': ['%s'], 'n': %s, 'type': '%s', 'range': '24h'}"
            .formatted(CPU, count, type));
  }

  private static List<Double> samples(JsonNode answer) {
    return StreamSupport.stream(
            answer.get(0).required("data").required("samples").spliterator(), false)
        .map(sample -> sample.required("point").required("v").doubleValue())
        .toList();
  }

  // Limits

  @Test
  void tellsWhenThereAreMoreStreamsThanOneAnswerHolds() {
    var metrics = String.join("','", Collections.nCopies(50, CPU));

    var answer =
        site.ask(
            "get-vm-metrics",
            "{'vms': {'status': 'RUNNING'}, 'metrics': ['%s'], 'range': '1h'}".formatted(metrics));

    assertThat(answer.size()).isEqualTo(50);
    assertThat(answer.get(0).required("data").required("dropped").booleanValue()).isTrue();
    assertThat(streams(answer, 0).size()).isBetween(1, 10);
  }

  @Test
  void refusesARangeThatMeansNothing() {
    for (var range : List.of("yesterday", "0h", "1y", "-1h", "367d", "", "999999w")) {
      assertThatExceptionOfType(ProblemException.class)
          .as(range)
          .isThrownBy(() -> ofVm(runningForLong(), range, CPU))
          .withMessageContaining("body.range")
          .withMessageContaining("'" + range + "'")
          .withMessageContaining("24h");
    }
  }

  @Test
  void refusesNoMetricsAndTooMany() {
    for (var metrics :
        List.of("[]", "['%s']".formatted(String.join("','", Collections.nCopies(51, CPU))))) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() ->
              site.ask(
                  "get-vm-metrics", "{'vms': {}, 'metrics': %s, 'range': '1h'}".formatted(metrics)))
          .withMessageContaining("body.metrics");
    }
  }

  @Test
  void refusesACountOfNothing() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> top("top", 0))
        .withMessageContaining("body.n must be at least 1, not 0");
  }

  @Test
  void refusesAFilterThatTheEntityDoesNotHave() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() ->
            site.ask(
                "get-zone-metrics",
                "{'clusters': {'nmae': 'a'}, 'type': 'primary-to-secondary', 'metrics': ['x'],"
                    + " 'range': '1h'}"))
        .withMessageContaining("body.clusters.nmae");
  }

  // Helpers

  /// A VM that was stopped and has just been started.
  private JsonNode started() throws InterruptedException {
    var vm = site.vm("'status': 'STOPPED'");
    site.done("start-vm", "{'where': {'id': '%s'}}".formatted(id(vm)));
    return site.vmById(id(vm));
  }

  private JsonNode runningForLong() {
    return site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING'");
  }

  private static String daysAgo(int days) {
    return Site.NOW.minus(Duration.ofDays(days)).toString();
  }

  private JsonNode ofVm(JsonNode vm, String range, String... metrics) {
    return site.ask(
        "get-vm-metrics",
        "{'vms': {'id': '%s'}, 'metrics': ['%s'], 'range': '%s'}"
            .formatted(id(vm), String.join("','", metrics), range));
  }

  private static List<JsonNode> streams(JsonNode answer, int metric) {
    var streams = answer.required(metric).required("data").required("sample_streams");
    return StreamSupport.stream(streams.spliterator(), false).toList();
  }

  /// The only stream of a metric, or its first.
  private static JsonNode stream(JsonNode answer, int metric) {
    var streams = streams(answer, metric);
    assertThat(streams).isNotEmpty();
    return streams.getFirst();
  }

  private static List<Double> values(JsonNode answer, int metric) {
    return StreamSupport.stream(stream(answer, metric).required("points").spliterator(), false)
        .map(point -> point.required("v").doubleValue())
        .toList();
  }

  private static JsonNode last(JsonNode stream) {
    var points = stream.required("points");
    return points.get(points.size() - 1);
  }

  private static List<String> units(JsonNode answer) {
    return StreamSupport.stream(answer.spliterator(), false)
        .map(each -> each.required("data").required("unit").textValue())
        .toList();
  }

  private static String id(JsonNode object) {
    return object.required("id").textValue();
  }
}

package io.belfry.operations.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.HostEdit;
import io.belfry.store.rows.HostStatus;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked about clusters.
final class ClusterInquiriesTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void storageIsWhatTheClusterShows() {
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}");

    var info =
        site.ask(
                "get-cluster-storage-info",
                "{'where': {'id': '%s'}, 'effect': {}}".formatted(id(cluster)))
            .get(0);

    assertThat(info.required("total_data_capacity"))
        .isEqualTo(cluster.required("total_data_capacity"));
    assertThat(info.required("free_data_space")).isEqualTo(cluster.required("valid_data_space"));
    assertThat(info.required("allocable_storage_capacity").required("replica").size()).isZero();
  }

  @Test
  void noMachineWaitsToBecomeAHost() {
    var cluster = "{'id': '%s'}".formatted(id(site.first("Cluster", "{'hypervisor': 'ELF'}")));

    assertThat(site.ask("get-discover-hosts", "{'cluster': %s}".formatted(cluster))).isEmpty();
    assertThat(site.ask("get-log-service-configs", "{'input': {'cluster': %s}}".formatted(cluster)))
        .isEmpty();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> site.ask("get-discover-hosts", "{'cluster': {'id': 'none'}}"))
        .withMessageContaining("body.cluster: there is no Cluster with");
  }

  @Test
  void witnessesShowNoServicesAndTheTimeIsThatOfTheMachine() {
    assertThat(site.ask("get-witness-services", "{}")).isEmpty();
    assertThat(site.ask("get-ntp-service-url", "{}").required("ntp_service_url").textValue())
        .isEmpty();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> site.ask("get-export-file-download-links", "{'where': {'id': 'none'}}"))
        .withMessageContaining("there is no VmExportFile");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () -> site.ask("get-backup-restore-point-metadata", "{'where': {'id': 'none'}}"))
        .withMessageContaining("there is no BackupRestorePoint");
  }

  @Test
  void redundancyDividesWhatIsFree() {
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}");
    var free = cluster.required("valid_data_space").doubleValue();

    var allocatable =
        site.ask(
                "get-cluster-storage-info",
                "{'where': {'id': '%s'}, 'effect': {'replica': [2, 3], 'ec': [{'k': 4, 'm': 2}]}}"
                    .formatted(id(cluster)))
            .get(0)
            .required("allocable_storage_capacity");

    var replicas = allocatable.required("replica");
    assertThat(replicas.size()).isEqualTo(2);
    assertThat(replicas.get(0).required("replica_num").intValue()).isEqualTo(2);
    assertThat(replicas.get(0).required("capacity").doubleValue()).isCloseTo(free / 2, within(1.0));
    assertThat(replicas.get(1).required("capacity").doubleValue()).isCloseTo(free / 3, within(1.0));
    assertThat(allocatable.required("ec").get(0).required("capacity").doubleValue())
        .isCloseTo(free * 4 / 6, within(1.0));
  }

  @Test
  void refusesARedundancyThatNoStorageHas() {
    for (var effect : List.of("{'replica': [2, 0]}", "{'ec': [{'k': 0, 'm': 1}]}")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() ->
              site.ask("get-cluster-storage-info", "{'where': {}, 'effect': %s}".formatted(effect)))
          .withMessageContaining("body.effect")
          .withMessageContaining("is 0");
    }
  }

  @Test
  void pinningIsToldOfClustersAndTheirHosts() {
    var clusters = site.list("Cluster", "{}");

    var answer = site.ask("get-cluster-pin-in-performance-info", "{}");

    assertThat(answer.size()).isEqualTo(clusters.size());
    for (var i = 0; i < clusters.size(); i++) {
      assertThat(answer.get(i).required("name")).isEqualTo(clusters.get(i).required("name"));
      assertThat(names(answer.get(i).required("hosts")))
          .containsExactlyInAnyOrderElementsOf(names(clusters.get(i).required("hosts")));
    }
  }

  @Test
  void theMetaLeaderIsAHostThatAnswers() {
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}");
    var first = leader(cluster);
    var host = site.first("Host", "{'data_ip': '%s'}".formatted(first));
    assertThat(id(host.required("cluster"))).isEqualTo(id(cluster));

    site.store()
        .change(transaction ->
            transaction.update(id(host), HostEdit.edit().status(HostStatus.CONNECTED_ERROR)));

    assertThat(leader(cluster)).isNotEqualTo(first);
  }

  private String leader(JsonNode cluster) {
    var answer = site.ask("get-meta-leader", "{'where': {'id': '%s'}}".formatted(id(cluster)));
    assertThat(answer.size()).isEqualTo(1);
    assertThat(answer.get(0).required("cluster_id").textValue()).isEqualTo(id(cluster));
    return answer.get(0).required("meta_leader").textValue();
  }

  private static List<String> names(JsonNode objects) {
    return StreamSupport.stream(objects.spliterator(), false)
        .map(object -> object.required("name").textValue())
        .toList();
  }

  private static String id(JsonNode object) {
    return object.required("id").textValue();
  }
}

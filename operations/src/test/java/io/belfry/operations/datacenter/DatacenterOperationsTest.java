package io.belfry.operations.datacenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.operations.Site;
import io.belfry.store.rows.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatacenterOperationsTest {
  private final Site site = Site.withWaitingTasks();
  private final String organization = site.first("Organization", "{}").path("id").asText();
  private final List<String> clusters =
      site.list("Cluster", "{}").stream().map(cluster -> cluster.path("id").asText()).toList();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void createsADatacenterWithClusters() {
    var answer =
        site.call(
            "create-datacenter",
            "[{'name': 'east', 'organization_id': '%s', 'clusters': {'id': '%s'}}, {'name': 'empty', 'organization_id': '%s'}]"
                .formatted(organization, clusters.getFirst(), organization));

    assertThat(answer.at("/0/data/cluster_num").intValue()).isOne();
    assertThat(answer.at("/0/data/organization/id").asText()).isEqualTo(organization);
    assertThat(answer.at("/0/data/host_num").intValue()).isPositive();
    assertThat(answer.at("/1/data/cluster_num").intValue()).isZero();
    assertThat(site.task(answer.path(0)).status()).isEqualTo(TaskStatus.SUCCESSED);
    assertThat(members(answer.at("/0/data/id").asText())).containsExactly(clusters.getFirst());
  }

  @Test
  void refusesAnOrganizationThatIsNotThere() {
    assertThatThrownBy(
            () -> site.call("create-datacenter", "[{'name': 'east', 'organization_id': 'nobody'}]"))
        .hasMessage("body[0].organization_id: there is no Organization with the id nobody");
  }

  @Test
  void renamesAndReplacesClusters() {
    var id = create("east", "{'id': '%s'}".formatted(clusters.getFirst()));

    site.call(
        "update-datacenter", "{'where': {'id': '%s'}, 'data': {'name': 'west'}}".formatted(id));
    assertThat(site.first("Datacenter", "{'id': '%s'}".formatted(id)).path("name").asText())
        .isEqualTo("west");
    assertThat(members(id)).containsExactly(clusters.getFirst());

    site.call(
        "update-datacenter",
        "{'where': {'id': '%s'}, 'data': {'clusters': {'id': '%s'}}}"
            .formatted(id, clusters.getLast()));
    assertThat(members(id)).containsExactly(clusters.getLast());
  }

  @Test
  void addsAndRemovesClusters() {
    var id = create("east", "{'id': '%s'}".formatted(clusters.getFirst()));

    site.call(
        "add-clusters-to-datacenter",
        "[{'where': {'id': '%s'}, 'data': {'clusters': {}}}]".formatted(id));
    assertThat(members(id)).containsExactlyInAnyOrderElementsOf(clusters);

    site.call(
        "remove-clusters-from-datacenter",
        "[{'where': {'id': '%s'}, 'data': {'clusters': {'id_not': '%s'}}}]"
            .formatted(id, clusters.getLast()));
    assertThat(members(id)).containsExactly(clusters.getLast());
  }

  @Test
  void wantsToKnowWhichClusters() {
    var id = create("east", "{'id': 'none'}");

    assertThatThrownBy(() ->
            site.call(
                "add-clusters-to-datacenter",
                "[{'where': {'id': '%s'}, 'data': {}}]".formatted(id)))
        .hasMessage("body[0].data.clusters is required: it says which clusters");
    assertThatThrownBy(() ->
            site.call(
                "add-clusters-to-datacenter",
                "[{'where': {'id': 'nowhere'}, 'data': {'clusters': {}}}]"))
        .hasMessage("body[0].where.id: there is no Datacenter with the id nowhere");
  }

  @Test
  void deletesADatacenterAndKeepsItsClusters() {
    var id = create("east", "{}");

    var answer = site.call("delete-datacenter", "{'where': {'id': '%s'}}".formatted(id));

    assertThat(answer.at("/0/data/id").asText()).isEqualTo(id);
    assertThat(site.list("Datacenter", "{'where': {'id': '%s'}}".formatted(id))).isEmpty();
    assertThat(site.list("Cluster", "{}")).hasSameSizeAs(clusters);
  }

  private String create(String name, String where) {
    return site.call(
            "create-datacenter",
            "[{'name': '%s', 'organization_id': '%s', 'clusters': %s}]"
                .formatted(name, organization, where))
        .at("/0/data/id")
        .asText();
  }

  private List<String> members(String datacenter) {
    return site
        .list("Cluster", "{'where': {'datacenters_some': {'id': '%s'}}}".formatted(datacenter))
        .stream()
        .map(cluster -> cluster.path("id").asText())
        .toList();
  }
}

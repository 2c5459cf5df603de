package io.belfry.operations.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.operations.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrganizationOperationsTest {
  private final Site site = Site.withWaitingTasks();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void createsRenamesAndDeletes() {
    var answer = site.call("create-organization", "[{'name': 'second'}]");
    var id = answer.at("/0/data/id").asText();
    assertThat(name(id)).isEqualTo("second");

    site.call(
        "update-organization", "{'where': {'id': '%s'}, 'data': {'name': 'other'}}".formatted(id));
    assertThat(name(id)).isEqualTo("other");

    site.call("delete-organization", "{'where': {'id': '%s'}}".formatted(id));
    assertThat(site.list("Organization", "{'where': {'id': '%s'}}".formatted(id))).isEmpty();
  }

  @Test
  void keepsOrganizationsWithDatacenters() {
    assertThatThrownBy(
            () -> site.call("delete-organization", "{'where': {'datacenters_some': {}}}"))
        .hasMessageContaining("has datacenter");
  }

  @Test
  void keepsTheLastOne() {
    site.call("delete-datacenter", "{'where': {}}");

    assertThatThrownBy(() -> site.call("delete-organization", "{'where': {}}"))
        .hasMessageContaining("is the last one, and there must be one");
    assertThat(site.list("Organization", "{}")).isNotEmpty();
  }

  private String name(String id) {
    return site.first("Organization", "{'id': '%s'}".formatted(id)).path("name").asText();
  }
}

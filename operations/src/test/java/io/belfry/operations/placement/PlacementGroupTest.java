package io.belfry.operations.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Placement groups, and how the scheduler heeds them.
class PlacementGroupTest {
  private final Site site = new Site();
  private final JsonNode cluster = site.first("Cluster", "{'hypervisor': 'ELF', 'vm_num_gt': 0}");
  private final List<String> hosts = hosts();

  @AfterEach
  void close() {
    site.close();
  }

  // The groups

  @Test
  void createsAGroupThatWantsNothing() throws InterruptedException {
    var group = byId(group("plain", ""));

    assertThat(group.path("enabled").booleanValue()).isTrue();
    assertThat(group.path("description").asText()).isEmpty();
    assertThat(group.path("vm_vm_policy").asText()).isEqualTo("PREFER_SAME");
    assertThat(group.path("vm_vm_policy_enabled").booleanValue()).isFalse();
    assertThat(group.path("vm_host_must_enabled").booleanValue()).isFalse();
    assertThat(group.path("entityAsyncStatus").isNull()).isTrue();
    assertThat(group.path("vms")).isEmpty();
  }

  @Test
  void failsToCreateAGroupWithTheNameOfAnother() throws InterruptedException {
    group("same", "");

    var task = site.failed("create-vm-placement-group", body("same", ""));

    assertThat(task.errorMessage()).contains("PLACEMENT_GROUP_DUPLICATE_NAME");
    assertThat(task.description().enUs()).isEqualTo("Create VM placement group same");
    assertThat(site.list("VmPlacementGroup", "{'where': {'name': 'same'}}")).hasSize(1);
  }

  @Test
  void changesRulesAndMembers() throws InterruptedException {
    var vms = stoppedVms(2);
    var id = group("old", ", 'vms': {'id': '%s'}".formatted(vms.getFirst()));

    var answer =
        site.call(
            "update-vm-placement-group",
            """
            {'where': {'id': '%s'}, 'data': {'name': 'new', 'enabled': false,
             'vm_vm_policy': 'MUST_SAME', 'vm_vm_policy_enabled': true, 'vms': {'id': '%s'},
             'prefer_hosts': {'id': '%s'}}}
            """
                .formatted(id, vms.get(1), hosts.getFirst()));

    assertThat(site.task(answer.path(0)).description().enUs())
        .isEqualTo("Edit VM placement group old");
    var group = byId(id);
    assertThat(group.path("name").asText()).isEqualTo("new");
    assertThat(group.path("enabled").booleanValue()).isFalse();
    assertThat(group.path("vm_vm_policy").asText()).isEqualTo("MUST_SAME");
    assertThat(group.path("vms").findValuesAsText("id")).containsExactly(vms.get(1));
    assertThat(group.path("vm_host_prefer_host_uuids").findValuesAsText("id"))
        .containsExactly(hosts.getFirst());
    assertThat(site.vmById(vms.get(1)).path("vm_placement_group").findValuesAsText("name"))
        .contains("new");
  }

  @Test
  void refusesANameAndMembersThatCannotBe() throws InterruptedException {
    group("taken", "");
    var id = group("free", "");
    var elsewhere =
        site.first("Vm", "{'cluster': {'id_not': '%s'}}".formatted(cluster.path("id").asText()));

    assertThatThrownBy(() -> update(id, "'name': 'taken'"))
        .hasMessageContaining("PLACEMENT_GROUP_DUPLICATE_NAME");
    assertThatThrownBy(
            () -> update(id, "'vms': {'id': '%s'}".formatted(elsewhere.path("id").asText())))
        .hasMessage("body.data.vms selects some of another cluster than the group's");
  }

  @Test
  void deletesAGroupAndKeepsItsVms() throws InterruptedException {
    var vm = stoppedVms(1).getFirst();
    var id = group("gone", ", 'vms': {'id': '%s'}".formatted(vm));

    site.call("delete-vm-placement-group", "{'where': {'id': '%s'}}".formatted(id));

    assertThat(site.list("VmPlacementGroup", "{'where': {'id': '%s'}}".formatted(id))).isEmpty();
    assertThat(site.vmById(vm).path("vm_placement_group").findValuesAsText("id"))
        .doesNotContain(id);
  }

  // The scheduler

  @Test
  void startsVmsOnDifferentHostsAsLongAsThereAreSome() throws InterruptedException {
    var vms = newVms(hosts.size() + 1);
    group("apart", policy("MUST_DIFFERENT", vms));

    site.done("start-vm", where(vms.subList(0, hosts.size())));
    var last = site.failed("start-vm", where(vms.subList(hosts.size(), vms.size())));

    assertThat(vms.subList(0, hosts.size()).stream().map(this::host)).doesNotHaveDuplicates();
    assertThat(last.errorMessage()).contains("PlacementGroupMustFilter");
    assertThat(site.vmById(vms.getLast()).path("status").asText()).isEqualTo("STOPPED");
  }

  @Test
  void sharesHostsWhenDifferentOnesAreOnlyPreferred() throws InterruptedException {
    var vms = newVms(hosts.size() + 1);
    group("apart", policy("PREFER_DIFFERENT", vms));

    site.done("start-vm", where(vms));

    assertThat(vms.stream().map(this::host).distinct()).hasSameSizeAs(hosts);
  }

  @Test
  void startsVmsOnOneHost() throws InterruptedException {
    var vms = newVms(3);
    group("together", policy("MUST_SAME", vms));

    site.done("start-vm", where(vms.subList(0, 1)));
    site.done("start-vm", where(vms.subList(1, 3)));

    assertThat(vms.stream().map(this::host).distinct()).hasSize(1);
  }

  @Test
  void refusesTheNamedHostThatAGroupForbids() throws InterruptedException {
    var vm = newVms(1);
    group("off", must(false, hosts.subList(0, 1), vm));

    var task =
        site.failed(
            "start-vm",
            "{'where': {'id': '%s'}, 'data': {'host_id': '%s'}}"
                .formatted(vm.getFirst(), hosts.getFirst()));

    assertThat(task.errorMessage()).contains("PlacementGroupMustFilter");
  }

  @Test
  void keepsVmsOnOrOffHosts() throws InterruptedException {
    var vms = newVms(4);
    group("on", must(true, hosts.subList(0, 1), vms.subList(0, 2)));
    group("off", must(false, hosts.subList(0, 1), vms.subList(2, 4)));

    site.done("start-vm", where(vms));

    assertThat(vms.subList(0, 2).stream().map(this::host)).containsOnly(hosts.getFirst());
    assertThat(vms.subList(2, 4).stream().map(this::host)).doesNotContain(hosts.getFirst());
  }

  @Test
  void prefersHosts() throws InterruptedException {
    var vms = newVms(2);
    group(
        "here",
        """
        , 'vms': %s, 'vm_host_prefer_enabled': true, 'vm_host_prefer_policy': true,
        'prefer_hosts': {'id': '%s'}
        """
            .formatted(ids(vms), hosts.getLast()));

    site.done("start-vm", where(vms));

    assertThat(vms.stream().map(this::host)).containsOnly(hosts.getLast());
  }

  @Test
  void ignoresGroupsThatAreOff() throws InterruptedException {
    var vms = newVms(hosts.size() + 1);
    var id = group("apart", policy("MUST_DIFFERENT", vms));
    update(id, "'enabled': false");

    assertThat(site.done("start-vm", where(vms))).hasSameSizeAs(vms);
  }

  @Test
  void migratesAsGroupsAllow() throws InterruptedException {
    var vms = newVms(2);
    group("together", policy("MUST_SAME", vms));
    site.done("start-vm", where(vms));

    var task = site.failed("migrate-vm", where(vms.subList(0, 1)));

    assertThat(task.errorMessage()).contains("PlacementGroupMustFilter");
  }

  @Test
  void movesAStoppedVmAnywhere() throws InterruptedException {
    var vms = newVms(2);
    group("together", policy("MUST_SAME", vms));

    assertThat(site.done("migrate-vm", where(vms.subList(0, 1)))).hasSize(1);
  }

  @Test
  void createsVmsInAGroup() throws InterruptedException {
    var id = group("apart", policy("MUST_DIFFERENT", List.of()));

    var vms =
        site.done(
            "create-vm",
            newVmBodies(
                hosts.size(), "RUNNING", ", 'vm_placement_group': {'id': '%s'}".formatted(id)));

    assertThat(vms.stream().map(this::host)).doesNotHaveDuplicates().hasSameSizeAs(hosts);
    assertThat(byId(id).path("vms").findValuesAsText("id"))
        .containsExactlyInAnyOrderElementsOf(vms);
    var task =
        site.failed(
            "create-vm",
            newVmBodies(1, "RUNNING", ", 'vm_placement_group': {'id': '%s'}".formatted(id)));
    assertThat(task.errorMessage()).contains("PlacementGroupMustFilter");
    assertThat(byId(id).path("vms")).hasSameSizeAs(hosts);
  }

  private List<String> hosts() {
    return site
        .list(
            "Host",
            "{'where': {'cluster': {'id': '%s'}, 'status_in': ['CONNECTED_HEALTHY', 'CONNECTED_WARNING']}}"
                .formatted(cluster.path("id").asText()))
        .stream()
        .map(host -> host.path("id").asText())
        .toList();
  }

  private List<String> stoppedVms(int count) {
    return site
        .list(
            "Vm",
            "{'where': {'cluster': {'id': '%s'}, 'status': 'STOPPED', 'in_recycle_bin': false}}"
                .formatted(cluster.path("id").asText()))
        .stream()
        .map(vm -> vm.path("id").asText())
        .limit(count)
        .toList();
  }

  private List<String> newVms(int count) throws InterruptedException {
    return site.done("create-vm", newVmBodies(count, "STOPPED", ""));
  }

  private int made;

  private String newVmBodies(int count, String status, String more) {
    return IntStream.range(0, count)
        .mapToObj(_ -> newVmBody("placed-" + made++, status, more))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String newVmBody(String name, String status, String more) {
    return """
    {'cluster_id': '%s', 'name': '%s', 'status': '%s', 'firmware': 'BIOS', 'ha': true,
     'memory': 1048576, 'cpu_cores': 1, 'cpu_sockets': 1, 'vm_nics': [], 'vm_disks': {}%s}
    """
        .formatted(cluster.path("id").asText(), name, status, more);
  }

  private String group(String name, String more) throws InterruptedException {
    return site.done("create-vm-placement-group", body(name, more)).getFirst();
  }

  private String body(String name, String more) {
    return "[{'cluster_id': '%s', 'name': '%s', 'enabled': true%s}]"
        .formatted(cluster.path("id").asText(), name, more);
  }

  private void update(String id, String data) {
    site.call(
        "update-vm-placement-group", "{'where': {'id': '%s'}, 'data': {%s}}".formatted(id, data));
  }

  private static String policy(String policy, List<String> vms) {
    return ", 'vm_vm_policy': '%s', 'vm_vm_policy_enabled': true, 'vms': %s"
        .formatted(policy, ids(vms));
  }

  private static String must(boolean on, List<String> hosts, List<String> vms) {
    return """
    , 'vms': %s, 'vm_host_must_enabled': true, 'vm_host_must_policy': %s, 'must_hosts': %s
    """
        .formatted(ids(vms), on, ids(hosts));
  }

  private static String ids(List<String> ids) {
    return ids.stream().collect(Collectors.joining("','", "{'id_in': ['", "']}"));
  }

  private static String where(List<String> ids) {
    return "{'where': %s}".formatted(ids(ids));
  }

  private String host(String vmId) {
    return site.vmById(vmId).at("/host/id").asText();
  }

  private JsonNode byId(String id) {
    return site.first("VmPlacementGroup", "{'id': '%s'}".formatted(id));
  }
}

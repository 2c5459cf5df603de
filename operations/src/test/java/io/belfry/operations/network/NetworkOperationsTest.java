package io.belfry.operations.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.operations.Site;
import io.belfry.problem.ProblemException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkOperationsTest {
  private final Site site = new Site();
  private final JsonNode cluster = site.first("Cluster", "{'hypervisor': 'ELF', 'vm_num_gt': 0}");
  private final JsonNode vds =
      site.first(
          "Vds",
          "{'cluster': {'id': '%s'}, 'internal': false, 'type': 'VM'}".formatted(id(cluster)));

  @AfterEach
  void close() {
    site.close();
  }

  // VLANs

  @Test
  void createsAVlanWithOneNumber() {
    var vlan = byId("Vlan", vlan("web", ", 'vlan_id': 7, 'qos_burst': 2, 'qos_burst_unit': 'KB'"));

    assertThat(vlan.path("type").asText()).isEqualTo("VM");
    assertThat(vlan.path("mode_type").asText()).isEqualTo("VLAN_ACCESS");
    assertThat(vlan.path("vlan_id").intValue()).isEqualTo(7);
    assertThat(vlan.path("network_ids")).extracting(JsonNode::asText).containsExactly("7");
    assertThat(vlan.path("qos_burst").doubleValue()).isEqualTo(2048);
    assertThat(vlan.at("/vds/id")).isEqualTo(vds.path("id"));
  }

  @Test
  void createsATrunk() {
    var vlan =
        byId("Vlan", vlan("trunk", ", 'mode_type': 'VLAN_TRUNK', 'network_ids': ['0-100', '7']"));

    assertThat(vlan.path("network_ids")).extracting(JsonNode::asText).containsExactly("0-100", "7");
    assertThat(vlan.path("vlan_id").intValue()).isZero();
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatThrownBy(() -> vlan("trunk", ", 'mode_type': 'VLAN_TRUNK'"))
        .hasMessage("body[0].network_ids is required for a trunk: ranges such as 100-200");
    assertThatThrownBy(
            () -> vlan("trunk", ", 'mode_type': 'VLAN_TRUNK', 'network_ids': ['7-4096']"))
        .hasMessage(
            "body[0].network_ids must have numbers or ranges from 0 to 4095, such as 100-200, not"
                + " 7-4096");
    assertThatThrownBy(() -> vlan("far", ", 'mode_type': 'VXLAN'"))
        .hasMessageContaining("only VLAN_ACCESS and VLAN_TRUNK are built yet");
    assertThatThrownBy(() -> vlan("big", ", 'vlan_id': 4096"))
        .hasMessage("body[0].vlan_id must be from 0 to 4095, not 4096");
  }

  @Test
  void refusesTheSwitchOfThePlatform() {
    var internal = site.first("Vds", "{'internal': true}");

    assertThatThrownBy(() ->
            site.call("create-vm-vlan", "[{'vds_id': '%s', 'name': 'no'}]".formatted(id(internal))))
        .hasMessageContaining("is the platform's, and not for networks of users");
  }

  @Test
  void givesGuestsAddressesInANewVlan() throws InterruptedException {
    var vm = site.vm("'status': 'RUNNING', 'vm_tools_status': 'RUNNING', 'vm_nics_some': {}");
    var vlan = vlan("web", ", 'vlan_id': 7");

    site.done(
        "update-vm-nic",
        "{'where': {'id': '%s'}, 'data': {'nic_index': 0, 'connect_vlan_id': '%s'}}"
            .formatted(id(vm), vlan));

    var nic =
        site.list(
                "VmNic",
                "{'where': {'vm': {'id': '%s'}}, 'orderBy': 'order_ASC'}".formatted(id(vm)))
            .getFirst();
    assertThat(nic.at("/vlan/name").asText()).isEqualTo("web");
    assertThat(nic.path("ip_address").asText()).isNotEmpty();
  }

  @Test
  void changesAVlan() {
    var id = vlan("web", ", 'vlan_id': 7");

    var answer =
        site.call(
            "update-vm-vlan",
            "{'where': {'id': '%s'}, 'data': {'name': 'api', 'vlan_id': 8}}".formatted(id));

    assertThat(site.task(answer.path(0)).description().enUs()).isEqualTo("Edit VLAN web");
    assertThat(byId("Vlan", id).path("name").asText()).isEqualTo("api");
    assertThat(byId("Vlan", id).path("vlan_id").intValue()).isEqualTo(8);
    assertThat(byId("Vlan", id).path("network_ids"))
        .extracting(JsonNode::asText)
        .containsExactly("8");
  }

  @Test
  void deletesAVlanThatNobodyUses() {
    var id = vlan("web", "");
    var used = site.first("Vlan", "{'vm_nics_some': {}, 'type': 'VM'}");

    site.call("delete-vm-vlan", where(id));

    assertThat(site.list("Vlan", where(id))).isEmpty();
    assertThatThrownBy(() -> site.call("delete-vm-vlan", where(id(used))))
        .hasMessageStartingWith("VLAN %s has a NIC of VM ".formatted(used.path("name").asText()));
    assertThatThrownBy(() -> site.call("delete-vm-vlan", "{'where': {'type': 'MANAGEMENT'}}"))
        .hasMessageContaining("is of type MANAGEMENT, expected VM");
  }

  /// Whoever comes first: the VLAN is gone, or the VM has a NIC on it.
  @Test
  void deletesNoVlanThatAVmIsJustGettingANicOn() throws Exception {
    var vms =
        site.list(
            "Vm",
            "{'where': {'cluster': {'id': '%s'}, 'status': 'STOPPED', 'in_recycle_bin': false}}"
                .formatted(id(cluster)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var vm : vms) {
        var vlan = vlan("raced", "");
        var go = new CountDownLatch(1);
        var added =
            threads.submit(() -> {
              go.await();
              return site.call(
                  "add-vm-nic",
                  "{'where': {'id': '%s'}, 'data': {'vm_nics': [{'connect_vlan_id': '%s'}]}}"
                      .formatted(id(vm), vlan));
            });
        var deleted =
            threads.submit(() -> {
              go.await();
              return site.call("delete-vm-vlan", where(vlan));
            });
        go.countDown();

        assertThat(List.of(isDone(added), isDone(deleted))).containsExactlyInAnyOrder(true, false);
        if (isDone(added)) {
          site.await(1);
        }
      }
    }
    assertThat(site.list("VmNic", "{'where': {'vlan': null, 'type_not': 'VPC'}}")).isEmpty();
  }

  private static boolean isDone(Future<JsonNode> call) throws InterruptedException {
    try {
      call.get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(ProblemException.class);
      return false;
    }
  }

  // Switches

  @Test
  void createsASwitchOnFreeNics() {
    var nic = freeNic();

    var made =
        byId("Vds", site.call("create-vds", switchBody("second", nic)).at("/0/data/id").asText());

    assertThat(made.path("bond_mode").asText()).isEqualTo("active-backup");
    assertThat(made.path("ovsbr_name").asText()).startsWith("ovsbr-");
    assertThat(made.path("internal").booleanValue()).isFalse();
    assertThat(made.path("nics").findValuesAsText("id")).containsExactly(id(nic));
    assertThatThrownBy(() -> site.call("create-vds", switchBody("third", nic)))
        .hasMessageStartingWith(
            "body[0].nic_ids: NIC %s of host ".formatted(nic.path("name").asText()))
        .hasMessageEndingWith("belongs to another switch");
  }

  @Test
  void changesAndDeletesASwitch() {
    var nic = freeNic();
    var id = site.call("create-vds", switchBody("second", nic)).at("/0/data/id").asText();

    site.call(
        "update-vds",
        "{'where': {'id': '%s'}, 'data': {'name': 'renamed', 'nicIds': []}}".formatted(id));

    assertThat(byId("Vds", id).path("name").asText()).isEqualTo("renamed");
    assertThat(byId("Vds", id).path("nics")).isEmpty();
    var vlan =
        site.call("create-vm-vlan", "[{'vds_id': '%s', 'name': 'on it'}]".formatted(id))
            .at("/0/data/id")
            .asText();
    assertThatThrownBy(() -> site.call("delete-vds", where(id)))
        .hasMessage("Virtual switch renamed has VLAN on it; delete that first");
    site.call("delete-vm-vlan", where(vlan));
    site.call("delete-vds", where(id));
    assertThat(site.list("Vds", where(id))).isEmpty();
  }

  @Test
  void createsASwitchWithANetworkOfThePlatform() {
    var nic = freeNic();
    var host = nic.at("/host/id").asText();

    var id =
        site.call(
                "create-vds-with-migrate-vlan",
                """
                [{'cluster_id': '%s', 'name': 'moving', 'nic_ids': ['%s'],
                  'vlan': {'vlan_id': 9, 'subnetmask': '255.255.255.0',
                           'extra_ip': [{'host_id': '%s', 'management_ip': '10.9.0.1'}]}}]
                """
                    .formatted(id(cluster), id(nic), host))
            .at("/0/data/id")
            .asText();

    var vlan = site.first("Vlan", "{'vds': {'id': '%s'}}".formatted(id));
    assertThat(vlan.path("type").asText()).isEqualTo("MIGRATION");
    assertThat(vlan.path("vlan_id").intValue()).isEqualTo(9);
    assertThat(byId("Host", host).path("vmotion_ip").asText()).isEqualTo("10.9.0.1");
    site.call("delete-vds", where(id));
    assertThat(site.list("Vlan", where(id(vlan)))).isEmpty();
  }

  @Test
  void changesTheManagementNetwork() {
    var vlan = site.first("Vlan", "{'type': 'MANAGEMENT'}");

    site.call(
        "update-management-vlan",
        "{'where': {'id': '%s'}, 'data': {'gateway_ip': '10.0.0.1', 'vlan_id': 3}}"
            .formatted(id(vlan)));

    assertThat(byId("Vlan", id(vlan)).path("gateway_ip").asText()).isEqualTo("10.0.0.1");
    assertThat(byId("Vlan", id(vlan)).path("vlan_id").intValue()).isEqualTo(3);
  }

  private JsonNode freeNic() {
    var nic =
        site.first(
            "Nic", "{'host': {'cluster': {'id': '%s'}}, 'physical': true}".formatted(id(cluster)));
    site.store()
        .change(transaction ->
            transaction.execute(
                "UPDATE tower.nic SET vds_id = NULL WHERE id = ?", List.of(id(nic))));
    return nic;
  }

  private String vlan(String name, String more) {
    return site.call(
            "create-vm-vlan", "[{'vds_id': '%s', 'name': '%s'%s}]".formatted(id(vds), name, more))
        .at("/0/data/id")
        .asText();
  }

  private String switchBody(String name, JsonNode nic) {
    return "[{'cluster_id': '%s', 'name': '%s', 'nic_ids': ['%s']}]"
        .formatted(id(cluster), name, id(nic));
  }

  private JsonNode byId(String entity, String id) {
    return site.first(entity, "{'id': '%s'}".formatted(id));
  }

  private static String id(JsonNode object) {
    return object.path("id").asText();
  }

  private static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }
}

package io.belfry.reliability.crash;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import java.util.List;

/// The part of the data centre that tenants make their VMs in.
record Surroundings(String clusterId, String vlanId, List<Template> templates) {

  /// A template of the content library, and what VMs made from it have.
  record Template(String id, int disks, int nics, VmState.Size size) {}

  /// Looks for a connected cluster that takes VMs.
  static Surroundings read(ApiClient client) {
    var clusters =
        list(
            client, "get-clusters", Json.object("hypervisor", "ELF", "connect_state", "CONNECTED"));
    var cluster = clusters.getFirst().get("id").asText();
    var network = Json.object("internal", false, "cluster", Json.object("id", cluster));
    var vlans = list(client, "get-vlans", Json.object("type", "VM", "vds", network));
    var templates =
        list(client, "get-vm-templates", Json.object("cluster", Json.object("id", cluster)))
            .stream()
            .filter(template -> !template.get("content_library_vm_template").isNull())
            .map(Surroundings::template)
            .toList();
    return new Surroundings(cluster, vlans.getFirst().get("id").asText(), templates);
  }

  private static Template template(Json template) {
    var disks =
        template.get("vm_disks").elements().stream()
            .filter(disk -> disk.get("type").asText().equals("DISK"))
            .count();
    return new Template(
        template.get("content_library_vm_template").get("id").asText(),
        (int) disks,
        template.get("vm_nics").elements().size(),
        new VmState.Size(template.get("memory").asLong(), template.get("vcpu").asLong()));
  }

  private static List<Json> list(ApiClient client, String path, Json where) {
    var found = client.call(path, Json.object("where", where)).elements();
    if (found.isEmpty()) {
      throw new IllegalStateException("%s finds nothing where %s".formatted(path, where));
    }
    return found;
  }
}

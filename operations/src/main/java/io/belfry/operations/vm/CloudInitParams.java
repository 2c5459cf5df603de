package io.belfry.operations.vm;

import io.belfry.hypervisor.CloudInit;
import io.belfry.hypervisor.Secret;
import io.belfry.operations.input.Params;

/// `cloud_init` of a request as the hypervisor understands it. What makes no sense is told by the
/// task, as CloudTower does.
final class CloudInitParams {
  private CloudInitParams() {}

  static CloudInit read(Params params) {
    return new CloudInit(
        params.textOrNull("hostname"),
        params.objects("networks").stream().map(CloudInitParams::network).toList(),
        params.texts("nameservers"),
        params.optionalText("default_user_password").map(Secret::new).orElse(null),
        params.texts("public_keys"),
        params.optionalText("user_data").map(Secret::new).orElse(null));
  }

  /// A network without a type is a fixed address if it has one: the guide leaves the type out.
  private static CloudInit.Network network(Params network) {
    var index = network.intValue("nic_index");
    var address = network.optionalText("ip_address").filter(given -> !given.isEmpty());
    var dynamic = network.optionalText("type").map("IPV4_DHCP"::equals).orElse(address.isEmpty());
    if (dynamic) {
      return new CloudInit.Dhcp(index);
    }
    return new CloudInit.Static(
        index,
        address.orElse(""),
        network.optionalText("netmask").orElse(""),
        network.objects("routes").stream().map(CloudInitParams::route).toList());
  }

  private static CloudInit.Route route(Params route) {
    return new CloudInit.Route(route.text("network"), route.text("netmask"), route.text("gateway"));
  }
}

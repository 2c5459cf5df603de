package io.belfry.examples.vm.template;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmNicModel;
import io.belfry.sdk.model.VmNicParams;
import java.util.List;

/// 配置与模版不同的网卡参数: a VM with other NICs than its template has.
///
/// Addresses of NICs are set by cloud-init, if the template supports it.
public final class CreateFromTemplateWithOtherNics {
  private CreateFromTemplateWithOtherNics() {}

  /// Makes a VM with one NIC in a network.
  ///
  /// @param vlanId the id of the network, which is not its VLAN number
  public static Vm create(
      ApiClient client, String templateName, String clusterName, String vmName, String vlanId) {
    var nic =
        VmNicParams.builder().connectVlanId(vlanId).enabled(true).model(VmNicModel.VIRTIO).build();
    var params = CreateFromTemplate.params(client, templateName, clusterName, vmName);
    return CreateFromTemplate.create(client, params.vmNics(nic));
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args,
        List.of("template", "cluster", "vm-name", "vlan-id"),
        (client, given) -> create(client, given.get(0), given.get(1), given.get(2), given.get(3)));
  }
}

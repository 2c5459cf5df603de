package io.belfry.operations.faults;

import io.belfry.hypervisor.simulator.faults.FaultRule;
import io.belfry.hypervisor.simulator.faults.Frequency;
import io.belfry.hypervisor.simulator.faults.Target;
import io.belfry.hypervisor.simulator.faults.Trouble;
import io.belfry.operations.Site;

/// Words for tests about calls that go wrong.
final class FaultyCalls {
  private FaultyCalls() {}

  /// A rule named after its call, about every one of these.
  static FaultRule always(String call, Trouble trouble) {
    return new FaultRule(call, Target.ofCalls(call), Frequency.ALWAYS, trouble);
  }

  /// A rule named after its call, about the first of these.
  static FaultRule first(long count, String call, Trouble trouble) {
    return new FaultRule(call, Target.ofCalls(call), Frequency.first(count), trouble);
  }

  static String where(String id) {
    return "{'where': {'id': '%s'}}".formatted(id);
  }

  /// The body of `create-vm` for one VM that runs, with a NIC and a disk.
  static String newVm(Site site, String name) {
    var cluster = site.first("Cluster", "{'hypervisor': 'ELF'}");
    var clusterId = cluster.path("id").asText();
    var vlan =
        site.first(
            "Vlan", "{'name': 'default', 'vds': {'cluster': {'id': '%s'}}}".formatted(clusterId));
    return """
    [{'cluster_id': '%s', 'name': '%s', 'ha': true, 'cpu_cores': 1, 'cpu_sockets': 1,
      'vcpu': 1, 'memory': 1, 'memory_unit': 'GB', 'firmware': 'BIOS', 'status': 'RUNNING',
      'vm_nics': [{'connect_vlan_id': '%s'}, {'connect_vlan_id': '%s'}],
      'vm_disks': {'mount_new_create_disks': [{'boot': 0, 'bus': 'VIRTIO', 'vm_volume': {
        'name': '%s-1', 'size': 1, 'size_unit': 'GB',
        'elf_storage_policy': 'REPLICA_2_THIN_PROVISION'}}]}}]
    """
        .formatted(clusterId, name, vlan.path("id").asText(), vlan.path("id").asText(), name);
  }
}

package io.belfry.datacenter;

import java.util.Locale;

/// What a cluster shall have.
///
/// @param number counts all clusters from 1

record ClusterPlan(int number, ClusterKind kind, int hosts, int vms) {

  String name() {
    return String.format(Locale.ROOT, "cluster-%s-%02d", kind.word(), number);
  }

  /// Whether the last of its hosts does not answer.
  boolean hasLostHost() {
    return kind == ClusterKind.VMWARE;
  }

  /// An address in the cluster's management network.
  String managementIp(int last) {
    return "192.168.%s.%s".formatted(9 + number, last);
  }

  /// An address in the cluster's storage network.
  String dataIp(int last) {
    return "10.0.%s.%s".formatted(9 + number, last);
  }

  /// The addresses of the VMs on one of the cluster's networks.
  ///
  /// @param network counts them from 0
  Subnet subnet(int network) {
    return new Subnet((10 << 24) + ((19 + number) << 16) + (network << 12));
  }
}

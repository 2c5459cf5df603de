package io.belfry.operations.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A metric that clients ask for by the name that CloudTower's exporters give it.
///
/// @param kinds the kinds of thing that have it, the usual one first
record Metric(String name, List<Kind> kinds, Formula formula) {
  private static final Map<String, Metric> KNOWN = known();

  Metric {
    kinds = List.copyOf(kinds);
  }

  /// The kind of thing that is meant where nothing else tells it.
  Kind kind() {
    return kinds.getFirst();
  }

  static Optional<Metric> named(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  private static Map<String, Metric> known() {
    var all = new ArrayList<Metric>();
    all.addAll(ofVms());
    all.addAll(ofHosts());
    all.addAll(disks("elf_vm_disk_overall_", "avg_", Kind.VM));
    all.addAll(disks("elf_vm_disk_", "avg_", Kind.VM_VOLUME));
    all.addAll(disks("zbs_volume_", "", Kind.VM_VOLUME, Kind.LUN));
    all.addAll(disks("host_disk_overall_", "avg_", Kind.HOST));
    all.addAll(disks("host_disk_", "avg_", Kind.HOST_DISK));
    all.addAll(disks("zbs_cluster_", "avg_", Kind.CLUSTER));
    all.addAll(networks("elf_vm_network_", Kind.VM_NIC));
    all.addAll(networks("host_network_", Kind.HOST_NIC));
    all.addAll(running("elf_host_", Kind.HOST));
    all.addAll(running("elf_cluster_", Kind.CLUSTER));
    var byName = new TreeMap<String, Metric>();
    all.forEach(metric -> byName.put(metric.name, metric));
    return Collections.unmodifiableMap(byName);
  }

  private static List<Metric> ofVms() {
    return List.of(
        metric("elf_vm_cpu_overall_usage_percent", Formula.CPU_PERCENT, Kind.VM),
        metric("elf_vm_cpu_overall_used_hz", Formula.CPU_HERTZ, Kind.VM),
        metric("elf_vm_memory_usage_percent", Formula.MEMORY_PERCENT, Kind.VM),
        metric("elf_vm_memory_used_bytes", Formula.MEMORY_BYTES, Kind.VM));
  }

  private static List<Metric> ofHosts() {
    return List.of(
        metric("host_cpu_overall_usage_percent", Formula.HOST_CPU_PERCENT, Kind.HOST),
        metric("host_cpu_overall_used_hz", Formula.HOST_CPU_HERTZ, Kind.HOST),
        metric("host_memory_usage_percent", Formula.HOST_MEMORY_PERCENT, Kind.HOST),
        metric("host_memory_used_bytes", Formula.HOST_MEMORY_BYTES, Kind.HOST));
  }

  private static List<Metric> running(String prefix, Kind kind) {
    return List.of(
        metric(prefix + "vcpus_provisioned_running", Formula.RUNNING_VCPUS, kind),
        metric(prefix + "memory_provisioned_running_bytes", Formula.RUNNING_MEMORY_BYTES, kind));
  }

  private static List<Metric> disks(String prefix, String mean, Kind... kinds) {
    return List.of(
        metric(prefix + "read_iops", Formula.READS, kinds),
        metric(prefix + "write_iops", Formula.WRITES, kinds),
        metric(prefix + "readwrite_iops", Formula.READS_AND_WRITES, kinds),
        metric(prefix + "read_speed_bps", Formula.READ_BYTES, kinds),
        metric(prefix + "write_speed_bps", Formula.WRITTEN_BYTES, kinds),
        metric(prefix + "readwrite_speed_bps", Formula.READ_AND_WRITTEN_BYTES, kinds),
        metric(prefix + mean + "read_latency_ns", Formula.READ_NANOS, kinds),
        metric(prefix + mean + "write_latency_ns", Formula.WRITE_NANOS, kinds),
        metric(prefix + mean + "readwrite_latency_ns", Formula.READ_AND_WRITE_NANOS, kinds));
  }

  private static List<Metric> networks(String prefix, Kind kind) {
    return List.of(
        metric(prefix + "receive_speed_bps", Formula.RECEIVED_BYTES, kind),
        metric(prefix + "receive_speed_bitps", Formula.RECEIVED_BITS, kind),
        metric(prefix + "transmit_speed_bps", Formula.SENT_BYTES, kind),
        metric(prefix + "transmit_speed_bitps", Formula.SENT_BITS, kind));
  }

  private static Metric metric(String name, Formula formula, Kind... kinds) {
    return new Metric(name, List.of(kinds), formula);
  }
}

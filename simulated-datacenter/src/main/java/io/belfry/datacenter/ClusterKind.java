package io.belfry.datacenter;

import static io.belfry.datacenter.Bytes.GB;

import io.belfry.store.rows.ClusterType;
import io.belfry.store.rows.Hypervisor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The kinds of cluster, and what their hosts are made of.
enum ClusterKind {
  ELF("hci", "node", "6.1.1", ClusterType.SMTX_OS, Hypervisor.ELF, HostModel.HALO_P, 4_000 * GB),
  VMWARE(
      "vmware",
      "esxi",
      "6.1.1",
      ClusterType.SMTX_OS,
      Hypervisor.VMWARE,
      HostModel.POWEREDGE,
      4_000 * GB),
  /// Stores for others and runs no VM.
  STORAGE("zbs", "zbs", "5.6.2", ClusterType.SMTX_ZBS, null, HostModel.HALO_S, 8_000 * GB);

  private static final int FEWEST_ELF_HOSTS = 4;
  private static final int FEWEST_HOSTS = 3;

  private final String word;
  private final String host;
  private final String version;
  private final ClusterType type;
  private final @Nullable Hypervisor hypervisor;
  private final HostModel hostModel;
  private final long dataDiskBytes;

  ClusterKind(
      String word,
      String host,
      String version,
      ClusterType type,
      @Nullable Hypervisor hypervisor,
      HostModel hostModel,
      long dataDiskBytes) {
    this.word = word;
    this.host = host;
    this.version = version;
    this.type = type;
    this.hypervisor = hypervisor;
    this.hostModel = hostModel;
    this.dataDiskBytes = dataDiskBytes;
  }

  /// In names of clusters.
  String word() {
    return word;
  }

  /// Of the cluster's software.
  String version() {
    return version;
  }

  ClusterType type() {
    return type;
  }

  @Nullable Hypervisor hypervisor() {
    return hypervisor;
  }

  HostModel hostModel() {
    return hostModel;
  }

  long dataDiskBytes() {
    return dataDiskBytes;
  }

  int fewestHosts() {
    return this == ELF ? FEWEST_ELF_HOSTS : FEWEST_HOSTS;
  }

  /// @param number counts the hosts of this kind from 1
  String hostName(int number) {
    return String.format(Locale.ROOT, "%s-%02d", host, number);
  }
}

package io.belfry.operations.metric;

import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.operations.metric.SeriesInquiry.Selecting;
import io.belfry.query.Condition;
import io.belfry.store.row.RowType;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.DiskRow;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.NicRow;
import io.belfry.store.rows.NvmfNamespaceRow;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.List;

/// The operations that answer metrics. But for the last they all do the same, each for its kind of
/// thing.
public final class MetricInquiries {
  private static final MetricLimits LIMITS = MetricLimits.DEFAULT;

  private MetricInquiries() {}

  public static List<Inquiry> all() {
    var clusters = by("clusters", ClusterRow.TYPE);
    var hosts = by("hosts", HostRow.TYPE);
    var disks = by("disks", DiskRow.TYPE);
    var hostNics = nics("host", hosts, NicRow.TYPE);
    var vms = by("vms", VmRow.TYPE);
    return List.of(
        series("get-cluster-metrics", Kind.CLUSTER, clusters),
        series("get-disk-metrics", Kind.HOST_DISK, disks),
        series("get-host-metrics", Kind.HOST, hosts),
        series("get-host-network-metrics", Kind.HOST_NIC, hostNics),
        series("get-host-service-metrics", Kind.HOST_SERVICE, hosts),
        series("get-lun-metrics", Kind.LUN, by("luns", IscsiLunRow.TYPE)),
        series(
            "get-nvmf-namespace-metrics",
            Kind.NVMF_NAMESPACE,
            by("nvmfNamespaces", NvmfNamespaceRow.TYPE)),
        series("get-scvm-disk-metrics", Kind.SCVM_DISK, disks),
        series("get-scvm-metrics", Kind.SCVM, hosts),
        series("get-scvm-network-metrics", Kind.SCVM_NIC, hostNics),
        series("get-scvm-service-metrics", Kind.SCVM_SERVICE, hosts),
        series("get-vm-metrics", Kind.VM, vms),
        series("get-vm-network-metrics", Kind.VM_NIC, nics("vm", vms, VmNicRow.TYPE)),
        series("get-vm-volume-metrics", Kind.VM_VOLUME, by("vmVolumes", VmVolumeRow.TYPE)),
        series("get-witness-metrics", Kind.WITNESS, clusters),
        series("get-zone-metrics", Kind.ZONE, clusters),
        new GetTopNVmVolumeMetrics(LIMITS));
  }

  private static Inquiry series(String path, Kind kind, Selecting selection) {
    return new SeriesInquiry(path, kind, selection, LIMITS);
  }

  /// What a filter of the body selects.
  private static Selecting by(String key, RowType<?> type) {
    return question -> question.condition(type, question.body().object(key));
  }

  /// The NICs of some owners; only those that the body's second filter selects, if it has one.
  private static Selecting nics(String owner, Selecting owners, RowType<?> type) {
    return question -> {
      var ofOwners = question.related(type, owner, owners.condition(question));
      return Condition.all(List.of(ofOwners, only(question, type)));
    };
  }

  private static Condition only(Question question, RowType<?> type) {
    return question.condition(type, question.body().object("nics"));
  }
}

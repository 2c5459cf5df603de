package io.belfry.operations.metric;

import io.belfry.operations.Question;
import io.belfry.query.Condition;
import io.belfry.store.Transaction;
import io.belfry.store.row.RowType;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.DiskRow;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.IscsiLunRow;
import io.belfry.store.rows.IscsiTargetRow;
import io.belfry.store.rows.NicRow;
import io.belfry.store.rows.NvmfNamespaceRow;
import io.belfry.store.rows.NvmfSubsystemRow;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmVolumeRow;
import java.util.List;

/// What kind of thing a metric is about. Of some of them nothing is measured: the data centres that
/// Belfry knows have no witness, no NVMe namespaces and no storage controller VMs of their own, and
/// no driver tells about services or what passes between zones.
enum Kind {
  VM,
  VM_NIC,
  VM_VOLUME,
  LUN,
  HOST,
  HOST_NIC,
  HOST_DISK,
  CLUSTER,
  HOST_SERVICE,
  NVMF_NAMESPACE,
  SCVM,
  SCVM_DISK,
  SCVM_NIC,
  SCVM_SERVICE,
  WITNESS,
  ZONE;

  /// The entity that such things are selected by.
  RowType<?> type() {
    return switch (this) {
      case VM -> VmRow.TYPE;
      case VM_NIC -> VmNicRow.TYPE;
      case VM_VOLUME -> VmVolumeRow.TYPE;
      case LUN -> IscsiLunRow.TYPE;
      case HOST, HOST_SERVICE, SCVM, SCVM_SERVICE -> HostRow.TYPE;
      case HOST_NIC, SCVM_NIC -> NicRow.TYPE;
      case HOST_DISK, SCVM_DISK -> DiskRow.TYPE;
      case CLUSTER, WITNESS, ZONE -> ClusterRow.TYPE;
      case NVMF_NAMESPACE -> NvmfNamespaceRow.TYPE;
    };
  }

  /// The things with these row ids, in the order of their ids, as far as they are measured.
  List<Measured> read(Transaction transaction, List<String> ids) {
    return switch (this) {
      case VM -> MeasuredVms.vms(transaction, ids);
      case VM_NIC -> MeasuredVms.nics(transaction, ids);
      case VM_VOLUME -> MeasuredVms.volumes(transaction, ids);
      case LUN -> MeasuredVms.luns(transaction, ids);
      case HOST -> MeasuredHosts.hosts(transaction, ids);
      case HOST_NIC -> MeasuredHosts.nics(transaction, ids);
      case HOST_DISK -> MeasuredHosts.disks(transaction, ids);
      case CLUSTER -> MeasuredHosts.clusters(transaction, ids);
      case HOST_SERVICE, NVMF_NAMESPACE, SCVM, SCVM_DISK, SCVM_NIC, SCVM_SERVICE, WITNESS, ZONE ->
          List.of();
    };
  }

  /// The things of this kind in some clusters.
  Condition in(Question question, Condition clusters) {
    return switch (this) {
      case CLUSTER, WITNESS, ZONE -> clusters;
      case VM, VM_VOLUME, HOST, HOST_SERVICE, SCVM, SCVM_SERVICE ->
          question.related(type(), "cluster", clusters);
      case VM_NIC -> question.related(type(), "vm", VM.in(question, clusters));
      case HOST_DISK, HOST_NIC, SCVM_DISK, SCVM_NIC ->
          question.related(type(), "host", HOST.in(question, clusters));
      case LUN ->
          question.related(
              type(), "iscsi_target", question.related(IscsiTargetRow.TYPE, "cluster", clusters));
      case NVMF_NAMESPACE ->
          question.related(
              type(),
              "nvmf_subsystem",
              question.related(NvmfSubsystemRow.TYPE, "cluster", clusters));
    };
  }
}

package io.belfry.operations.vm;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.device.SnapshotRows;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.IscsiLunSnapshotRow;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmSnapshotRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A snapshot of a VM that a request names, and where the content of its disks is.
///
/// @param localIds the hypervisor's ids of the LUN snapshots, by the names in frozen disks
/// @param params where the request names the snapshot
/// @param key the parameter that does
record KeptSnapshot(VmSnapshotRow row, Map<String, String> localIds, Params params, String key) {

  /// The snapshot, which nobody changes until the decision is committed.
  ///
  /// @throws io.belfry.problem.ProblemException if there is no such snapshot, or a task changes it
  static KeptSnapshot named(Decision decision, Params params, String key) {
    decision.transaction().lock(VmSnapshotRow.TYPE, List.of(params.text(key)));
    var row = decision.require(VmSnapshotRow.TYPE, params.text(key), params.path() + "." + key);
    Busy.refuse("VM_SNAPSHOT", row.id(), row.entityAsyncStatus());
    var localIds =
        SnapshotRows.ofLuns(decision.transaction(), List.of(row.id())).stream()
            .collect(Collectors.toMap(IscsiLunSnapshotRow::name, IscsiLunSnapshotRow::localId));
    return new KeptSnapshot(row, localIds, params, key);
  }

  /// The hypervisor's id of the LUN snapshot that a frozen disk names.
  ///
  /// @throws io.belfry.problem.ProblemException if it is gone
  String content(String name) {
    var localId = localIds.get(name);
    if (localId == null) {
      throw refused(
          ProblemCode.PRECONDITION,
          "the content of one of its disks, LUN snapshot %s, is gone".formatted(name));
    }
    return localId;
  }

  /// Refuses a VM that it is no snapshot of.
  void requireOf(VmRow vm) {
    if (!vm.id().equals(row.vmId())) {
      throw refused(
          ProblemCode.PRECONDITION,
          "snapshot %s is not one of VM %s".formatted(row.name(), vm.name()));
    }
  }

  /// A refusal that names the parameter.
  ProblemException refused(ProblemCode code, String why) {
    return params.refused(code, key, "%s.%s: %s".formatted(params.path(), key, why));
  }

  /// Gives a VM the configuration that a snapshot kept, apart from its CPUs and memory.
  static VmEdit configuration(VmSnapshotRow row, VmEdit edit) {
    return edit.firmware(row.firmware())
        .ha(row.ha())
        .haPriority(row.haPriority())
        .clockOffset(row.clockOffset())
        .cpuModel(row.cpuModel())
        .winOpt(row.winOpt())
        .ioPolicy(row.ioPolicy())
        .maxIops(row.maxIops())
        .maxIopsPolicy(row.maxIopsPolicy())
        .maxBandwidth(row.maxBandwidth())
        .maxBandwidthPolicy(row.maxBandwidthPolicy());
  }
}

package io.belfry.operations.vm;

import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import java.util.List;

/// `nic_index` of requests: the place of a NIC in its VM, from 0.
final class NicIndexes {
  private NicIndexes() {}

  /// The NIC at an index.
  ///
  /// @throws ProblemException if the VM has fewer
  static VmNicRow nic(List<VmNicRow> nics, int index, Params data, VmRow vm) {
    if (index >= nics.size()) {
      throw data.refused(
          ProblemCode.OUT_OF_RANGE,
          "nic_index",
          "%s.nic_index: VM %s has %s NICs, counted from 0; there is none with index %s"
              .formatted(data.path(), vm.name(), nics.size(), index));
    }
    return nics.get(index);
  }
}

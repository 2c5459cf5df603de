package io.belfry.operations.vm;

import io.belfry.operations.Busy;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

/// The conditions under which VMs may be changed.
public final class VmRules {
  private VmRules() {}

  /// Refuses a VM that a task still changes.
  public static void refuseBusy(VmRow vm) {
    Busy.refuse("VM", vm.id(), vm.entityAsyncStatus());
  }

  /// Refuses a VM in the recycle bin.
  public static void refuseBinned(VmRow vm) {
    if (vm.inRecycleBin()) {
      throw new Problem(
              ProblemCode.WRONG_STATE,
              "VM %s is in the recycle bin; recover it first".formatted(vm.name()),
              Map.of("id", vm.id()))
          .asException();
    }
  }

  /// Refuses a VM in any other state than these.
  public static void requireStatus(VmRow vm, VmStatus first, VmStatus... others) {
    var expected = EnumSet.of(first, others);
    if (!expected.contains(vm.status())) {
      var names = expected.stream().map(VmStatus::wire).collect(Collectors.joining(" or "));
      throw new Problem(
              ProblemCode.WRONG_STATE,
              "VM %s is %s, expected %s".formatted(vm.name(), vm.status().wire(), names),
              Map.of("id", vm.id(), "status", vm.status().wire()))
          .asException();
    }
  }

  /// The cluster of a VM.
  ///
  /// @throws io.belfry.problem.ProblemException if it belongs to none
  public static String cluster(VmRow vm) {
    var cluster = vm.clusterId();
    if (cluster == null) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "VM %s belongs to no cluster, so it can't be changed".formatted(vm.name()),
              Map.of("id", vm.id()))
          .asException();
    }
    return cluster;
  }
}

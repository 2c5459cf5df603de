package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.vm.VmChange.Target;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.store.rows.VmDiskType;
import io.belfry.store.rows.VmRow;
import java.util.List;

/// The disks or CD drives that a request names by a filter of its own, in the VMs that have them.
final class NamedDisks {
  private static final String DISKS = "disks";

  private NamedDisks() {}

  /// The VMs that have them, locked.
  static List<VmRow> vms(Decision decision) {
    var vms = all(decision).stream().map(VmDiskRow::vmId).distinct().toList();
    return decision.transaction().lock(VmRow.TYPE, vms);
  }

  /// Those of one VM, to be asked for once it is locked.
  ///
  /// @throws io.belfry.problem.ProblemException if one is of another type
  static List<VmDiskRow> of(Decision decision, Target target, VmDiskType type) {
    var disks =
        all(decision).stream().filter(disk -> disk.vmId().equals(target.vm().id())).toList();
    for (var disk : disks) {
      if (disk.type() != type) {
        throw decision
            .body()
            .refused(
                ProblemCode.PRECONDITION,
                "where",
                "body.where: %s of VM %s is a %s, not a %s"
                    .formatted(disk.id(), target.vm().name(), disk.type().wire(), type.wire()));
      }
    }
    return disks;
  }

  private static List<VmDiskRow> all(Decision decision) {
    var where = decision.body().object("where");
    return decision.transaction().find(VmDiskRow.TYPE, decision.ids(VmDiskRow.TYPE, where));
  }

  static ObjectNode payload(List<VmDiskRow> disks) {
    var payload = Payloads.empty();
    Payloads.putAll(payload, DISKS, disks.stream().map(VmDiskRow::id).toList());
    return payload;
  }

  /// Their ids, as a payload names them.
  static List<String> ids(VmTask task) {
    return Payloads.texts(task.payload(), DISKS);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.DeviceId;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmDiskRow;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/// Takes disks or CD drives out of VMs. Volumes stay.
final class DiskRemoval {
  private static final String DISKS = "disks";

  private DiskRemoval() {}

  /// Finds what a request wants to be removed.
  ///
  /// @param key the parameter that lists the ids
  /// @param allowed what may be removed like this
  /// @return the payload of each VM's task
  static List<ObjectNode> prepare(
      Decision decision,
      List<VmChange.Target> targets,
      Params data,
      String key,
      Predicate<VmDiskRow> allowed) {
    var ids = data.texts(key);
    var rows = decision.transaction().find(VmDiskRow.TYPE, ids);
    var missing = new HashSet<>(ids);
    var payloads = new ArrayList<ObjectNode>();
    for (var target : targets) {
      var own =
          rows.stream()
              .filter(row -> row.vmId().equals(target.vm().id()))
              .filter(allowed)
              .map(VmDiskRow::id)
              .toList();
      own.forEach(missing::remove);
      var payload = Payloads.empty();
      Payloads.putAll(payload, DISKS, own);
      payloads.add(payload);
    }
    if (!missing.isEmpty()) {
      throw data.refused(
          ProblemCode.OBJECT_NOT_FOUND,
          key,
          "%s.%s: the VM has no such device: %s"
              .formatted(data.path(), key, String.join(", ", missing)));
    }
    return payloads;
  }

  static Recording act(VmTask task) throws InterruptedException {
    var disks = Payloads.texts(task.payload(), DISKS);
    for (var disk : disks) {
      task.driver().detach(task.vm(), new DeviceId(disk));
    }
    return task.recordSeen(task.observe())
        .then(transaction -> transaction.delete(VmDiskRow.TYPE, disks));
  }
}

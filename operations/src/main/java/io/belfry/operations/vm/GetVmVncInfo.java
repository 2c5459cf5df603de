package io.belfry.operations.vm;

import io.belfry.operations.Inquiry;
import io.belfry.operations.Question;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import java.util.Map;

/// `get-vm-vnc-info`: where the console of a running VM is. No driver offers one yet, and an
/// address that nothing serves would help nobody, so each VM is refused.
public final class GetVmVncInfo implements Inquiry {
  @Override
  public String path() {
    return "get-vm-vnc-info";
  }

  @Override
  public Reply answer(Question question) {
    var unique = question.body().object("vm");
    var vm =
        question.read(transaction ->
            question.require(transaction, VmRow.TYPE, unique.text("id"), unique.path() + ".id"));
    refuseOther(vm, unique);
    VmRules.requireStatus(vm, VmStatus.RUNNING);
    throw new Problem(
            ProblemCode.PRECONDITION,
            "VM %s has no console: its hypervisor offers none".formatted(vm.name()),
            Map.of("id", vm.id()))
        .asException();
  }

  /// Refuses a VM that has the one id, but not the other.
  private static void refuseOther(VmRow vm, Params unique) {
    var localId = unique.optionalText("local_id");
    if (localId.isPresent() && !localId.get().equals(vm.localId())) {
      throw unique.refused(
          ProblemCode.PRECONDITION,
          "local_id",
          "%s.local_id is %s, but the VM with the id %s has the local_id %s"
              .formatted(unique.path(), localId.get(), vm.id(), vm.localId()));
    }
  }
}

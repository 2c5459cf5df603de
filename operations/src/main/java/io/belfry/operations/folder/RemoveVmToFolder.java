package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.vm.VmRules;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import java.util.List;

/// `remove-vm-from-folder`: takes VMs out of the folders that they are in. The API calls it so.
final class RemoveVmToFolder implements Mutation {
  @Override
  public String path() {
    return "remove-vm-from-folder";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var vms = decision.lock(VmRow.TYPE, decision.body().object("where"));
    vms.forEach(VmRules::refuseBusy);
    decision
        .transaction()
        .update(vms.stream().map(VmRow::id).toList(), VmEdit.edit().folderId(null));
    return vms.stream().map(vm -> removed(decision, vm)).toList();
  }

  private static Decided removed(Decision decision, VmRow vm) {
    return decision.done(
        new LocalizedText(
            "Remove VM %s from its VM folder".formatted(vm.name()),
            "将虚拟机 %s 移出虚拟机组".formatted(vm.name())),
        decision.subject("Vm", vm.id(), "removeVmFromFolder", vm.clusterId()));
  }
}

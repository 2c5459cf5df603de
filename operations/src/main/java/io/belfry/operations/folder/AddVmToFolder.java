package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmFolderRow;
import io.belfry.store.rows.VmRow;
import java.util.List;

/// `add-vm-to-folder`: puts VMs into a folder of their cluster, out of the one that they are in.
final class AddVmToFolder implements Mutation {
  @Override
  public String path() {
    return "add-vm-to-folder";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var folder = folder(decision);
    var vms = decision.lock(VmRow.TYPE, decision.body().object("where"));
    for (var vm : vms) {
      VmRules.refuseBusy(vm);
      VmRules.refuseBinned(vm);
      requireSameCluster(decision, vm, folder);
    }
    decision
        .transaction()
        .update(vms.stream().map(VmRow::id).toList(), VmEdit.edit().folderId(folder.id()));
    return vms.stream().map(vm -> added(decision, vm, folder)).toList();
  }

  /// The folder, locked, so that nobody removes it meanwhile.
  private static VmFolderRow folder(Decision decision) {
    var id = decision.body().object("data").text("folder_id");
    decision.transaction().lock(VmFolderRow.TYPE, List.of(id));
    return decision.require(VmFolderRow.TYPE, id, "body.data.folder_id");
  }

  private static void requireSameCluster(Decision decision, VmRow vm, VmFolderRow folder) {
    if (!folder.clusterId().equals(vm.clusterId())) {
      throw decision
          .body()
          .object("data")
          .refused(
              ProblemCode.PRECONDITION,
              "folder_id",
              "body.data.folder_id: folder %s is in another cluster than VM %s"
                  .formatted(folder.name(), vm.name()));
    }
  }

  private static Decided added(Decision decision, VmRow vm, VmFolderRow folder) {
    return decision.done(
        new LocalizedText(
            "Add VM %s to VM folder %s".formatted(vm.name(), folder.name()),
            "将虚拟机 %s 添加到虚拟机组 %s".formatted(vm.name(), folder.name())),
        decision.subject("Vm", vm.id(), "addVmToFolder", vm.clusterId()));
  }
}

package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmFolderRow;
import java.util.List;

/// `delete-vm-folder`: removes folders; the VMs in them stay, in no folder.
final class DeleteVmFolder implements Mutation {
  @Override
  public String path() {
    return "delete-vm-folder";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var folders = decision.lock(VmFolderRow.TYPE, decision.body().object("where"));
    decision.transaction().delete(VmFolderRow.TYPE, folders.stream().map(VmFolderRow::id).toList());
    return folders.stream().map(folder -> deleted(decision, folder)).toList();
  }

  private static Decided deleted(Decision decision, VmFolderRow folder) {
    return decision.done(
        new LocalizedText("Delete VM folder " + folder.name(), "删除虚拟机组 " + folder.name()),
        decision.subject("VmFolder", folder.id(), "deleteVmFolder", folder.clusterId()));
  }
}

package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmFolderEdit;
import io.belfry.store.rows.VmFolderRow;
import java.util.ArrayList;
import java.util.List;

/// `update-vm-folder`: renames folders.
final class UpdateVmFolder implements Mutation {
  @Override
  public String path() {
    return "update-vm-folder";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var folders = decision.lock(VmFolderRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    FolderName.reserve(decision, folders.stream().map(folder -> renamed(folder, data)).toList());
    var decided = new ArrayList<Decided>();
    for (var folder : folders) {
      decided.add(rename(decision, folder, data));
    }
    return decided;
  }

  private static Decided rename(Decision decision, VmFolderRow folder, Params data) {
    var name = renamed(folder, data);
    name.requireFree(decision, folder.id(), data);
    decision.transaction().update(folder.id(), VmFolderEdit.edit().name(name.name()));
    return decision.done(
        new LocalizedText("Edit VM folder " + folder.name(), "编辑虚拟机组 " + folder.name()),
        decision.subject("VmFolder", folder.id(), "updateVmFolder", folder.clusterId()));
  }

  private static FolderName renamed(VmFolderRow folder, Params data) {
    return new FolderName(folder.clusterId(), data.text("name"));
  }
}

package io.belfry.operations.folder;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.VmFolderEdit;
import java.util.ArrayList;
import java.util.List;

/// `create-vm-folder`: creates empty folders.
final class CreateVmFolder implements Mutation {
  @Override
  public String path() {
    return "create-vm-folder";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var elements = decision.body().elements();
    FolderName.reserve(decision, elements.stream().map(CreateVmFolder::name).toList());
    var decided = new ArrayList<Decided>();
    for (var params : elements) {
      decided.add(create(decision, params));
    }
    return decided;
  }

  private static Decided create(Decision decision, Params params) {
    var name = name(params);
    decision.require(ClusterRow.TYPE, name.clusterId(), params.path() + ".cluster_id");
    var id = decision.tools().ids().cuid();
    name.requireFree(decision, id, params);
    decision
        .transaction()
        .insert(
            VmFolderEdit.edit()
                .id(id)
                .localId(decision.tools().ids().uuid())
                .clusterId(name.clusterId())
                .name(name.name()));
    return decision.done(
        new LocalizedText("Create VM folder " + name.name(), "创建虚拟机组 " + name.name()),
        decision.subject("VmFolder", id, "createVmFolder", name.clusterId()));
  }

  private static FolderName name(Params params) {
    return new FolderName(params.text("cluster_id"), params.text("name"));
  }
}

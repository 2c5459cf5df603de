package io.belfry.operations.network;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VdsEdit;
import io.belfry.store.rows.VdsRow;
import java.util.ArrayList;
import java.util.List;

/// `update-vds`: gives virtual switches another name or bonding; `nicIds` names all NICs that they
/// have from now on.
final class UpdateVds implements Mutation {
  private static final String NICS = "nicIds";

  @Override
  public String path() {
    return "update-vds";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var edit = VdsEdit.edit();
    data.optionalText("name").ifPresent(edit::name);
    data.optionalText("bond_mode").ifPresent(edit::bondMode);
    data.optionalText("work_mode").ifPresent(edit::workMode);
    var decided = new ArrayList<Decided>();
    for (var vds : Switches.own(decision)) {
      if (!edit.values().isEmpty()) {
        decision.transaction().update(vds.id(), edit);
      }
      if (data.json().hasNonNull(NICS)) {
        Switches.connect(decision, vds, data, NICS);
      }
      decided.add(updated(decision, vds));
    }
    return decided;
  }

  private static Decided updated(Decision decision, VdsRow vds) {
    return decision.done(
        new LocalizedText("Edit virtual switch " + vds.name(), "编辑虚拟分布式交换机 " + vds.name()),
        decision.subject("Vds", vds.id(), "updateVds", vds.clusterId()));
  }
}

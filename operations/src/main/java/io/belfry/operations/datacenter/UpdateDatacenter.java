package io.belfry.operations.datacenter;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.DatacenterEdit;
import io.belfry.store.rows.DatacenterRow;
import java.util.ArrayList;
import java.util.List;

/// `update-datacenter`: renames data centres; `clusters` selects all clusters that they have from
/// now on.
final class UpdateDatacenter implements Mutation {
  @Override
  public String path() {
    return "update-datacenter";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var datacenters = decision.lock(DatacenterRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var datacenter : datacenters) {
      data.optionalText("name")
          .ifPresent(name ->
              decision.transaction().update(datacenter.id(), DatacenterEdit.edit().name(name)));
      new Members(decision, datacenter.id()).replace(data);
      decided.add(updated(decision, datacenter));
    }
    return decided;
  }

  static Decided updated(Decision decision, DatacenterRow datacenter) {
    return decision.done(
        new LocalizedText("Edit datacenter " + datacenter.name(), "编辑数据中心 " + datacenter.name()),
        decision.subject("Datacenter", datacenter.id(), "updateDatacenter", null));
  }
}

package io.belfry.operations.datacenter;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.DatacenterRow;
import java.util.List;

/// `delete-datacenter`: removes data centres; their clusters stay.
final class DeleteDatacenter implements Mutation {
  @Override
  public String path() {
    return "delete-datacenter";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var datacenters = decision.lock(DatacenterRow.TYPE, decision.body().object("where"));
    decision
        .transaction()
        .delete(DatacenterRow.TYPE, datacenters.stream().map(DatacenterRow::id).toList());
    return datacenters.stream().map(datacenter -> deleted(decision, datacenter)).toList();
  }

  private static Decided deleted(Decision decision, DatacenterRow datacenter) {
    return decision.done(
        new LocalizedText("Delete datacenter " + datacenter.name(), "删除数据中心 " + datacenter.name()),
        decision.subject("Datacenter", datacenter.id(), "deleteDatacenter", null));
  }
}

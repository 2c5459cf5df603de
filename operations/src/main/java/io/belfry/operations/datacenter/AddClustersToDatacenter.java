package io.belfry.operations.datacenter;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.DatacenterRow;
import java.util.ArrayList;
import java.util.List;

/// `add-clusters-to-datacenter`: puts clusters into data centres; a cluster may be in several.
final class AddClustersToDatacenter implements Mutation {
  @Override
  public String path() {
    return "add-clusters-to-datacenter";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var decided = new ArrayList<Decided>();
    for (var params : decision.body().elements()) {
      decided.add(add(decision, params));
    }
    return decided;
  }

  private static Decided add(Decision decision, Params params) {
    var id = params.object("where").text("id");
    decision.transaction().lock(DatacenterRow.TYPE, List.of(id));
    var datacenter = decision.require(DatacenterRow.TYPE, id, params.path() + ".where.id");
    new Members(decision, id).add(Members.required(decision, params.object("data")));
    return UpdateDatacenter.updated(decision, datacenter);
  }
}

package io.belfry.operations.datacenter;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.DatacenterEdit;
import io.belfry.store.rows.OrganizationRow;
import java.util.List;

/// `create-datacenter`: creates data centres, with the clusters that `clusters` selects.
final class CreateDatacenter implements ChangePerElement {
  @Override
  public String path() {
    return "create-datacenter";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var organization = params.text("organization_id");
    decision.transaction().lock(OrganizationRow.TYPE, List.of(organization));
    decision.require(OrganizationRow.TYPE, organization, params.path() + ".organization_id");
    var id = decision.tools().ids().cuid();
    var name = params.text("name");
    decision
        .transaction()
        .insert(DatacenterEdit.edit().id(id).name(name).organizationId(organization));
    new Members(decision, id).replace(params);
    return decision.done(
        new LocalizedText("Create datacenter " + name, "创建数据中心 " + name),
        decision.subject("Datacenter", id, "createDatacenter", null));
  }
}

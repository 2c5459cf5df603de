package io.belfry.operations.organization;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.OrganizationEdit;
import java.util.ArrayList;
import java.util.List;

/// `create-organization`: creates organisations without data centres.
final class CreateOrganization implements Mutation {
  @Override
  public String path() {
    return "create-organization";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var decided = new ArrayList<Decided>();
    for (var params : decision.body().elements()) {
      decided.add(create(decision, params));
    }
    return decided;
  }

  private static Decided create(Decision decision, Params params) {
    var id = decision.tools().ids().cuid();
    var name = params.text("name");
    decision.transaction().insert(OrganizationEdit.edit().id(id).name(name));
    return decision.done(
        new LocalizedText("Create organization " + name, "创建组织 " + name),
        decision.subject("Organization", id, "createOrganization", null));
  }
}

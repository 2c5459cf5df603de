package io.belfry.operations.organization;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.OrganizationEdit;

/// `create-organization`: creates organisations without data centres.
final class CreateOrganization implements ChangePerElement {
  @Override
  public String path() {
    return "create-organization";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var id = decision.tools().ids().cuid();
    var name = params.text("name");
    decision.transaction().insert(OrganizationEdit.edit().id(id).name(name));
    return decision.done(
        new LocalizedText("Create organization " + name, "创建组织 " + name),
        decision.subject("Organization", id, "createOrganization", null));
  }
}

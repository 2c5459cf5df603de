package io.belfry.operations.organization;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.OrganizationEdit;
import io.belfry.store.rows.OrganizationRow;
import java.util.ArrayList;
import java.util.List;

/// `update-organization`: renames organisations.
final class UpdateOrganization implements Mutation {
  @Override
  public String path() {
    return "update-organization";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var name = decision.body().object("data").optionalText("name");
    var decided = new ArrayList<Decided>();
    for (var organization : decision.lock(OrganizationRow.TYPE, decision.body().object("where"))) {
      name.ifPresent(given ->
          decision.transaction().update(organization.id(), OrganizationEdit.edit().name(given)));
      decided.add(updated(decision, organization));
    }
    return decided;
  }

  private static Decided updated(Decision decision, OrganizationRow organization) {
    return decision.done(
        new LocalizedText(
            "Edit organization " + organization.name(), "编辑组织 " + organization.name()),
        decision.subject("Organization", organization.id(), "updateOrganization", null));
  }
}

package io.belfry.operations.user;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserRoleNextEdit;
import io.belfry.store.rows.UserRolePlatform;
import java.util.Set;

/// `create-role`: creates roles that allow the named actions, which the caller must be allowed,
/// too.
final class CreateRole implements ChangePerElement {
  @Override
  public String path() {
    return "create-role";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    var name = params.text("name");
    Roles.requireFree(decision, params, "");
    Roles.requireAuthority(decision, Set.copyOf(params.texts("actions")), "Role " + name);
    var id = decision.tools().ids().cuid();
    decision
        .transaction()
        .insert(
            UserRoleNextEdit.edit()
                .id(id)
                .name(name)
                .platform(UserRolePlatform.MANAGEMENT)
                .actions(params.json().path("actions")));
    return decision.done(
        new LocalizedText("Create role " + name, "创建角色 " + name),
        decision.subject("UserRoleNext", id, "createRole", null));
  }
}

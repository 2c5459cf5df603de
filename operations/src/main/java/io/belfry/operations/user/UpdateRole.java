package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserRoleNextEdit;
import io.belfry.store.rows.UserRoleNextRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `update-role`: gives roles another name, or other actions, for their users at once.
final class UpdateRole implements Mutation {
  private static final String ACTIONS = "actions";

  @Override
  public String path() {
    return "update-role";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var role : Roles.own(decision)) {
      var edit = UserRoleNextEdit.edit();
      data.optionalText("name")
          .ifPresent(name -> {
            Roles.requireFree(decision, data, role.id());
            edit.name(name);
          });
      if (data.json().hasNonNull(ACTIONS)) {
        Roles.requireAuthority(decision, Set.copyOf(data.texts(ACTIONS)), "Role " + role.name());
        edit.actions(data.json().path(ACTIONS));
      }
      if (!edit.values().isEmpty()) {
        decision.transaction().update(role.id(), edit);
      }
      decided.add(updated(decision, role));
    }
    return decided;
  }

  private static Decided updated(Decision decision, UserRoleNextRow role) {
    return decision.done(
        new LocalizedText("Edit role " + role.name(), "编辑角色 " + role.name()),
        decision.subject("UserRoleNext", role.id(), "updateRole", null));
  }
}

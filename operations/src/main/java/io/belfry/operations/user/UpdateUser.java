package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRow;
import java.util.ArrayList;
import java.util.List;

/// `update-user`: changes users, also their password and role. Who gets another password from
/// somebody else is logged out everywhere. The user root is changed by itself alone.
record UpdateUser(Credentials credentials) implements Mutation {
  @Override
  public String path() {
    return "update-user";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var user : Users.locked(decision)) {
      update(decision, user, data);
      decided.add(
          decision.done(
              new LocalizedText("Edit user " + user.username(), "编辑用户 " + user.username()),
              decision.subject("User", user.id(), "updateUser", null)));
    }
    return decided;
  }

  private void update(Decision decision, UserRow user, Params data) {
    if (data.json().hasNonNull("username")) {
      refuseOfRoot(user, data, "username");
      Users.requireFree(decision, data, user.id());
    }
    var edit = Users.write(UserEdit.edit(), data);
    if (data.json().hasNonNull("role_id")) {
      refuseOfRoot(user, data, "role_id");
      var role = Roles.toGive(decision, data);
      edit.role(Users.formerRole(role));
      decision.transaction().relink(UserRow.TYPE, "roles", user.id(), List.of(role.id()));
    }
    if (data.json().hasNonNull("password")) {
      credentials.set(decision.transaction(), user.id(), Users.password(data));
      edit.passwordExpired(false).passwordUpdatedAt(decision.tools().clock().instant());
      if (!Users.isCaller(decision, user)) {
        credentials.endSessions(decision.transaction(), user.id());
      }
    }
    if (!edit.values().isEmpty()) {
      decision.transaction().update(user.id(), edit);
    }
  }

  private static void refuseOfRoot(UserRow user, Params data, String key) {
    if (Users.isRoot(user)) {
      throw data.refused(
          ProblemCode.PRECONDITION,
          key,
          "%s.%s: that of the user root stays".formatted(data.path(), key));
    }
  }
}

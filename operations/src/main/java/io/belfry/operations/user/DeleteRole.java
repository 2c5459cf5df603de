package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserRoleNextRow;
import io.belfry.store.rows.UserRow;
import java.util.List;
import java.util.Map;

/// `delete-role`: removes roles that no user has; built-in ones stay.
final class DeleteRole implements Mutation {
  @Override
  public String path() {
    return "delete-role";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var roles = Roles.own(decision);
    var ids = roles.stream().map(UserRoleNextRow::id).toList();
    decision.transaction().lockToDelete(UserRoleNextRow.TYPE, ids);
    roles.forEach(role -> refuseUsed(decision, role));
    decision.transaction().delete(UserRoleNextRow.TYPE, ids);
    return roles.stream().map(role -> deleted(decision, role)).toList();
  }

  private static void refuseUsed(Decision decision, UserRoleNextRow role) {
    var users =
        decision
            .transaction()
            .rows(
                UserRow.TYPE,
                "WHERE id IN (SELECT from_id FROM tower.user__roles WHERE to_id = ?) LIMIT 1",
                List.of(role.id()));
    if (!users.isEmpty()) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "Role %s is that of user %s; give the user another first"
                  .formatted(role.name(), users.getFirst().username()),
              Map.of("id", role.id()))
          .asException();
    }
  }

  private static Decided deleted(Decision decision, UserRoleNextRow role) {
    return decision.done(
        new LocalizedText("Delete role " + role.name(), "删除角色 " + role.name()),
        decision.subject("UserRoleNext", role.id(), "deleteRole", null));
  }
}

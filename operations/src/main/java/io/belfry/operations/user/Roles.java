package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.UserRoleNextRow;
import io.belfry.store.rows.UserRolePreset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Roles as requests find them, and who may hand them out.
final class Roles {
  private Roles() {}

  /// The roles that `where` selects, locked, if all were made by users and go no further than the
  /// caller's own.
  static List<UserRoleNextRow> own(Decision decision) {
    var roles = decision.lock(UserRoleNextRow.TYPE, decision.body().object("where"));
    for (var role : roles) {
      if (role.preset() != null) {
        throw new Problem(
                ProblemCode.PRECONDITION,
                "Role %s is built in, and stays as it is".formatted(role.name()),
                Map.of("id", role.id()))
            .asException();
      }
      requireAuthority(decision, role);
    }
    return roles;
  }

  /// The role that a user shall get, with `role_id`.
  static UserRoleNextRow toGive(Decision decision, Params params) {
    var id = params.text("role_id");
    decision.transaction().lock(UserRoleNextRow.TYPE, List.of(id));
    var role = decision.require(UserRoleNextRow.TYPE, id, params.path() + ".role_id");
    if (role.preset() == UserRolePreset.ROOT) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "role_id",
          "%s.role_id: role %s is that of the user root alone"
              .formatted(params.path(), role.name()));
    }
    requireAuthority(decision, role);
    return role;
  }

  private static void requireAuthority(Decision decision, UserRoleNextRow role) {
    requireAuthority(decision, actions(role), "Role " + role.name());
  }

  /// Refuses a caller without all of these rights.
  static void requireAuthority(Decision decision, Set<String> actions, String what) {
    UserRights.of(decision.transaction(), decision.caller().userId())
        .requireAll(actions, decision.caller(), what);
  }

  private static Set<String> actions(UserRoleNextRow role) {
    var actions = new HashSet<String>();
    role.actions().forEach(action -> actions.add(action.textValue()));
    return actions;
  }

  /// Refuses a name that another role has.
  ///
  /// @param exceptId the role that may have it already
  static void requireFree(Decision decision, Params params, String exceptId) {
    var name = params.text("name");
    decision.transaction().exclude(List.of("role " + name));
    var others =
        decision
            .transaction()
            .rows(
                UserRoleNextRow.TYPE,
                "WHERE name = ? AND id <> ? LIMIT 1",
                List.of(name, exceptId));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "name",
          "%s.name: there is a role %s already".formatted(params.path(), name));
    }
  }
}

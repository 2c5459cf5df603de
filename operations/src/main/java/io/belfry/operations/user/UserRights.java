package io.belfry.operations.user;

import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.schema.Rights;
import io.belfry.store.Transaction;
import io.belfry.store.rows.UserRoleNextRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a user may do: all that the roles allow that the user has now.
///
/// @param actions as roles hold them
public record UserRights(Set<String> actions) {
  public UserRights {
    actions = Set.copyOf(actions);
  }

  public static UserRights of(Transaction transaction, String userId) {
    var actions = new HashSet<String>();
    for (var role : roles(transaction, userId)) {
      role.actions().forEach(action -> actions.add(action.textValue()));
    }
    return new UserRights(actions);
  }

  static List<UserRoleNextRow> roles(Transaction transaction, String userId) {
    return transaction.rows(
        UserRoleNextRow.TYPE,
        "WHERE id IN (SELECT to_id FROM tower.user__roles WHERE from_id = ?) ORDER BY id",
        List.of(userId));
  }

  public boolean include(String action) {
    return actions.contains(action) || actions.contains(Rights.ALL);
  }

  /// Refuses a caller with these rights to give, change or take rights that go further: who may
  /// manage users must not become one who may do all.
  ///
  /// @param what has those rights, as in "role Administrator"
  /// @throws io.belfry.problem.ProblemException `FORBIDDEN`
  void requireAll(Set<String> others, Caller caller, String what) {
    for (var action : others) {
      if (!include(action)) {
        throw new Problem(
                ProblemCode.FORBIDDEN,
                "%s has the right %s, which %s hasn't: rights that one lacks can't be given or taken"
                    .formatted(what, action, caller.username()),
                Map.of("right", action))
            .asException();
      }
    }
  }
}

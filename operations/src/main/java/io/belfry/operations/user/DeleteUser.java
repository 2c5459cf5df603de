package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserRow;
import java.util.List;
import java.util.Map;

/// `delete-user`: removes users; their sessions end with them. Nobody removes themselves, so one is
/// always left.
record DeleteUser(Credentials credentials) implements Mutation {
  @Override
  public String path() {
    return "delete-user";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var users = Users.locked(decision);
    for (var user : users) {
      if (Users.isCaller(decision, user)) {
        throw new Problem(
                ProblemCode.PRECONDITION,
                "User %s is the caller, and nobody removes themselves".formatted(user.username()),
                Map.of("id", user.id()))
            .asException();
      }
      credentials.endSessions(decision.transaction(), user.id());
      credentials.remove(decision.transaction(), user.id());
    }
    decision.transaction().delete(UserRow.TYPE, users.stream().map(UserRow::id).toList());
    return users.stream().map(user -> deleted(decision, user)).toList();
  }

  private static Decided deleted(Decision decision, UserRow user) {
    return decision.done(
        new LocalizedText("Delete user " + user.username(), "删除用户 " + user.username()),
        decision.subject("User", user.id(), "deleteUser", null));
  }
}

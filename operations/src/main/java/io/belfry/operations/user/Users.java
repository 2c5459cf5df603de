package io.belfry.operations.user;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRole;
import io.belfry.store.rows.UserRoleNextRow;
import io.belfry.store.rows.UserRow;
import io.belfry.store.rows.UserSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Users as requests find and describe them.
final class Users {
  private Users() {}

  /// The users that `where` selects, locked, if the caller may do all that they may.
  static List<UserRow> locked(Decision decision) {
    var users = decision.lock(UserRow.TYPE, decision.body().object("where"));
    for (var user : users) {
      if (!isCaller(decision, user)) {
        refuseRoot(user);
        Roles.requireAuthority(
            decision,
            UserRights.of(decision.transaction(), user.id()).actions(),
            "User " + user.username());
      }
    }
    return users;
  }

  static boolean isCaller(Decision decision, UserRow user) {
    return user.id().equals(decision.caller().userId());
  }

  static boolean isRoot(UserRow user) {
    return user.role() == UserRole.ROOT;
  }

  private static void refuseRoot(UserRow user) {
    if (isRoot(user)) {
      throw new Problem(
              ProblemCode.FORBIDDEN,
              "User %s is changed by itself alone".formatted(user.username()),
              Map.of("id", user.id()))
          .asException();
    }
  }

  /// Refuses a name that somebody else logs in with.
  ///
  /// @param exceptId the user that may have it already
  static void requireFree(Decision decision, Params params, String exceptId) {
    var name = params.text("username");
    if (name.isBlank()) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          "username",
          "%s.username must not be empty".formatted(params.path()));
    }
    decision.transaction().exclude(List.of("user " + name));
    var others =
        decision
            .transaction()
            .rows(
                UserRow.TYPE,
                "WHERE username = ? AND source = ? AND id <> ? LIMIT 1",
                List.of(name, UserSource.LOCAL.wire(), exceptId));
    if (!others.isEmpty()) {
      throw params.refused(
          ProblemCode.DUPLICATE,
          "username",
          "%s.username: there is a user %s already".formatted(params.path(), name));
    }
  }

  /// A password that a request gives. What it is, is said to nobody.
  static String password(Params params) {
    var password = params.text("password");
    if (password.isBlank() || password.length() > Credentials.MAX_LENGTH) {
      throw params.refused(
          ProblemCode.OUT_OF_RANGE,
          "password",
          "%s.password must have from 1 to %s characters"
              .formatted(params.path(), Credentials.MAX_LENGTH));
    }
    return password;
  }

  /// Writes what may be said of a new user, and changed of an old one.
  static UserEdit write(UserEdit edit, Params params) {
    params.optionalText("name").ifPresent(edit::name);
    params.optionalText("email_address").ifPresent(edit::emailAddress);
    params.optionalText("mobile_phone").ifPresent(edit::mobilePhone);
    params.optionalFlag("internal").ifPresent(edit::internal);
    params
        .optionalText("username")
        .ifPresent(username -> edit.username(username).displayUsername(username));
    return edit;
  }

  /// What older clients take a role for; null if they know none like it.
  static @Nullable UserRole formerRole(UserRoleNextRow role) {
    return switch (role.preset()) {
      case ADMIN -> UserRole.ADMIN;
      case READ_ONLY -> UserRole.READ_ONLY;
      case ROOT -> UserRole.ROOT;
      case null, default -> null;
    };
  }
}

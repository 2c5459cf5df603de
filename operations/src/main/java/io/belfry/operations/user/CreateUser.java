package io.belfry.operations.user;

import io.belfry.operations.ChangePerElement;
import io.belfry.operations.Decision;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.UserEdit;
import io.belfry.store.rows.UserRow;
import io.belfry.store.rows.UserSource;
import java.util.List;

/// `create-user`: creates users with one role each, who log in with a password that is kept here.
record CreateUser(Credentials credentials) implements ChangePerElement {
  @Override
  public String path() {
    return "create-user";
  }

  @Override
  public Decided make(Decision decision, Params params) {
    requireLocal(params);
    var role = Roles.toGive(decision, params);
    Users.requireFree(decision, params, "");
    if (!params.json().hasNonNull("password")) {
      throw params.refused(
          ProblemCode.MISSING_FIELD,
          "password",
          "%s.password is required for a user of source LOCAL".formatted(params.path()));
    }
    var id = decision.tools().ids().cuid();
    decision
        .transaction()
        .insert(
            Users.write(UserEdit.edit().internal(false), params)
                .id(id)
                .source(UserSource.LOCAL)
                .role(Users.formerRole(role))
                .passwordExpired(false)
                .passwordUpdatedAt(decision.tools().clock().instant()));
    decision.transaction().link(UserRow.TYPE, "roles", id, List.of(role.id()));
    credentials.set(decision.transaction(), id, Users.password(params));
    var username = params.text("username");
    return decision.done(
        new LocalizedText("Create user " + username, "创建用户 " + username),
        decision.subject("User", id, "createUser", null));
  }

  private static void requireLocal(Params params) {
    var source = params.optionalText("source").map(UserSource::of).orElse(UserSource.LOCAL);
    if (source != UserSource.LOCAL) {
      throw params.refused(
          ProblemCode.NOT_BUILT,
          "source",
          "%s.source: only users of source LOCAL are built yet, not %s"
              .formatted(params.path(), source.wire()));
    }
    List.of("auth_config_id", "ldap_dn").forEach(key -> NewNics.refuseUnbuilt(params, key));
  }
}

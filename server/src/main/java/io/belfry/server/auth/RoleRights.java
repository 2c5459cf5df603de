package io.belfry.server.auth;

import io.belfry.operations.Caller;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.query.Language;
import io.belfry.schema.Operation;
import io.belfry.schema.Rights;
import io.belfry.schema.Schema;
import io.belfry.server.api.Authorization;
import io.belfry.store.Store;
import io.belfry.store.read.EntityReader;
import io.belfry.store.rows.UserRoleNextRow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What users may do: what the roles that they have now allow. Thread-safe.
public final class RoleRights implements Authorization {
  private final Schema schema;
  private final Rights rights;
  private final Store store;
  private final EntityReader reader;

  public RoleRights(Rights rights, Store store, EntityReader reader) {
    this.schema = store.layout().schema();
    this.rights = rights;
    this.store = store;
    this.reader = reader;
  }

  @Override
  public void require(Caller caller, Operation operation) {
    var needed = rights.needed(operation);
    if (needed.isEmpty()) {
      return;
    }
    var actions = actions(caller);
    if (!actions.contains(needed.get()) && !actions.contains(Rights.ALL)) {
      throw new Problem(
              ProblemCode.FORBIDDEN,
              "%s needs the right %s, and no role of the user %s has it: ask for a role that does."
                  .formatted(operation.path(), needed.get(), caller.username()),
              Map.of("operation", operation.path(), "right", needed.get()))
          .asException();
    }
  }

  /// Read each time, as changes are rare and a right that was taken away must be gone.
  private Set<String> actions(Caller caller) {
    var roles = roles(caller);
    var actions = new HashSet<String>();
    for (var role : store.read(transaction -> transaction.find(UserRoleNextRow.TYPE, roles))) {
      role.actions().forEach(action -> actions.add(action.textValue()));
    }
    return actions;
  }

  private List<String> roles(Caller caller) {
    return reader.objects(schema.entity("User"), List.of(caller.userId()), Language.EN_US).stream()
        .flatMap(user -> user.path("roles").findValuesAsText("id").stream())
        .toList();
  }
}

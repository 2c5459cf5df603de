package io.belfry.server.auth;

import io.belfry.operations.Caller;
import io.belfry.operations.user.UserRights;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.schema.Operation;
import io.belfry.schema.Rights;
import io.belfry.server.api.Authorization;
import io.belfry.store.Store;
import java.util.Map;

/// What users may do: what the roles that they have now allow. Thread-safe.
public final class RoleRights implements Authorization {
  private final Rights rights;
  private final Store store;

  public RoleRights(Rights rights, Store store) {
    this.rights = rights;
    this.store = store;
  }

  @Override
  public void require(Caller caller, Operation operation) {
    var needed = rights.needed(operation);
    if (needed.isEmpty()) {
      return;
    }
    if (!rights(caller).include(needed.get())) {
      throw new Problem(
              ProblemCode.FORBIDDEN,
              "%s needs the right %s, and no role of the user %s has it: ask for a role that does."
                  .formatted(operation.path(), needed.get(), caller.username()),
              Map.of("operation", operation.path(), "right", needed.get()))
          .asException();
    }
  }

  /// Read each time, as changes are rare and a right that was taken away must be gone.
  private UserRights rights(Caller caller) {
    return store.read(transaction -> UserRights.of(transaction, caller.userId()));
  }
}

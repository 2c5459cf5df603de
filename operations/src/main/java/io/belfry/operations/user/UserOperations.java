package io.belfry.operations.user;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on users and roles.
public final class UserOperations {
  private UserOperations() {}

  public static List<Mutation> all(Credentials credentials) {
    return List.of(
        new CreateRole(),
        new CreateUser(credentials),
        new DeleteRole(),
        new DeleteUser(credentials),
        new UpdateRole(),
        new UpdateUser(credentials));
  }
}

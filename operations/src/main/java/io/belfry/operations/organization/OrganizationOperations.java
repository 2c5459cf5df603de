package io.belfry.operations.organization;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on organisations.
public final class OrganizationOperations {
  private OrganizationOperations() {}

  public static List<Mutation> all() {
    return List.of(new CreateOrganization(), new DeleteOrganization(), new UpdateOrganization());
  }
}

package io.belfry.operations.placement;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;

/// The operations on placement groups.
public final class PlacementGroupOperations {
  private PlacementGroupOperations() {}

  public static List<Mutation> all(Tools tools) {
    return List.of(
        new CreateVmPlacementGroup(tools),
        new DeleteVmPlacementGroup(),
        new UpdateVmPlacementGroup());
  }
}

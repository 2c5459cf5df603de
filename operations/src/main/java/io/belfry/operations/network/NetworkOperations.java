package io.belfry.operations.network;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on virtual switches and VLANs.
public final class NetworkOperations {
  private NetworkOperations() {}

  public static List<Mutation> all() {
    return List.of(
        new CreateVds(),
        new CreateVdsWithAccessVlan(),
        new CreateVdsWithMigrateVlan(),
        new CreateVmVlan(),
        new DeleteVds(),
        new DeleteVlan(),
        new UpdateManagementVlan(),
        new UpdateMigrationVlan(),
        new UpdateVds(),
        new UpdateVlan());
  }
}

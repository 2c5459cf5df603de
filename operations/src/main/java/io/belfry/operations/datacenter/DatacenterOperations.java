package io.belfry.operations.datacenter;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on data centres.
public final class DatacenterOperations {
  private DatacenterOperations() {}

  public static List<Mutation> all() {
    return List.of(
        new AddClustersToDatacenter(),
        new CreateDatacenter(),
        new DeleteDatacenter(),
        new RemoveClustersFromDatacenter(),
        new UpdateDatacenter());
  }
}

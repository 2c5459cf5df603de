package io.belfry.operations.folder;

import io.belfry.operations.Mutation;
import java.util.List;

/// The operations on folders of VMs.
public final class FolderOperations {
  private FolderOperations() {}

  public static List<Mutation> all() {
    return List.of(
        new AddVmToFolder(),
        new CreateVmFolder(),
        new DeleteVmFolder(),
        new RemoveVmToFolder(),
        new UpdateVmFolder());
  }
}

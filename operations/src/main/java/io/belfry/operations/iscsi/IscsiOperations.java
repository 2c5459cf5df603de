package io.belfry.operations.iscsi;

import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import java.util.List;

/// The operations on iSCSI targets, LUNs and their snapshots.
public final class IscsiOperations {
  private IscsiOperations() {}

  public static List<Mutation> all(Tools tools) {
    return List.of(
        new CloneIscsiLunFromSnapshot(tools),
        new CopyIscsiLun(tools),
        new CreateIscsiLun(tools),
        new CreateIscsiLunSnapshot(tools),
        new CreateIscsiTarget(),
        new DeleteIscsiLun(tools),
        new DeleteIscsiLunSnapshot(tools),
        new DeleteIscsiTarget(),
        new RollbackIscsiLunFromSnapshot(tools),
        new UpdateIscsiLun(tools),
        new UpdateIscsiTarget());
  }
}

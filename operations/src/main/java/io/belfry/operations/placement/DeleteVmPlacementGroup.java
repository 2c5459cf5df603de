package io.belfry.operations.placement;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmPlacementGroupRow;
import java.util.List;

/// `delete-vm-placement-group`: removes placement groups; their VMs stay where they are.
final class DeleteVmPlacementGroup implements Mutation {
  @Override
  public String path() {
    return "delete-vm-placement-group";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var groups = UpdateVmPlacementGroup.locked(decision);
    decision
        .transaction()
        .delete(VmPlacementGroupRow.TYPE, groups.stream().map(VmPlacementGroupRow::id).toList());
    return groups.stream().map(group -> deleted(decision, group)).toList();
  }

  private static Decided deleted(Decision decision, VmPlacementGroupRow group) {
    return decision.done(
        new LocalizedText("Delete VM placement group " + group.name(), "删除虚拟机放置组 " + group.name()),
        decision.subject(
            "VmPlacementGroup", group.id(), "deleteVmPlacementGroup", group.clusterId()));
  }
}

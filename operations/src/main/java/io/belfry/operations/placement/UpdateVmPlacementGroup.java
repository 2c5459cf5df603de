package io.belfry.operations.placement;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmPlacementGroupEdit;
import io.belfry.store.rows.VmPlacementGroupRow;
import java.util.ArrayList;
import java.util.List;

/// `update-vm-placement-group`: changes rules, VMs and hosts of placement groups. VMs that run stay
/// where they are; the scheduler heeds it when they start or move next.
final class UpdateVmPlacementGroup implements Mutation {
  @Override
  public String path() {
    return "update-vm-placement-group";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var data = decision.body().object("data");
    var decided = new ArrayList<Decided>();
    for (var group : locked(decision)) {
      rename(decision, group, data);
      var edit = new GroupEdit(decision, data);
      decision.transaction().update(group.id(), edit.rules(VmPlacementGroupEdit.edit()));
      edit.members(group.id(), group.clusterId());
      decided.add(updated(decision, group));
    }
    return decided;
  }

  static List<VmPlacementGroupRow> locked(Decision decision) {
    var groups = decision.lock(VmPlacementGroupRow.TYPE, decision.body().object("where"));
    groups.forEach(
        group -> Busy.refuse("VM_PLACEMENT_GROUP", group.id(), group.entityAsyncStatus()));
    return groups;
  }

  private static void rename(Decision decision, VmPlacementGroupRow group, Params data) {
    data.optionalText("name")
        .ifPresent(name -> {
          if (!GroupNames.isFree(decision.transaction(), group, name)) {
            throw data.refused(
                ProblemCode.DUPLICATE,
                "name",
                "%s.name: %s (%s)"
                    .formatted(data.path(), GroupNames.taken(name), GroupNames.DUPLICATE));
          }
          decision.transaction().update(group.id(), VmPlacementGroupEdit.edit().name(name));
        });
  }

  private static Decided updated(Decision decision, VmPlacementGroupRow group) {
    return decision.done(
        new LocalizedText("Edit VM placement group " + group.name(), "编辑虚拟机放置组 " + group.name()),
        decision.subject(
            "VmPlacementGroup", group.id(), "updateVmPlacementGroup", group.clusterId()));
  }
}

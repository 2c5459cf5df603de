package io.belfry.operations.placement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Decision;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmPlacementGroupEdit;
import io.belfry.store.rows.VmPlacementGroupRow;
import io.belfry.store.rows.VmVmPolicy;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskFailedException;
import java.util.List;

/// `create-vm-placement-group`: creates placement groups. A name that a group of the cluster has
/// makes the task fail, as clients expect it.
record CreateVmPlacementGroup(Tools tools) implements TaskPerElement {
  private static final String GROUP = "group";

  @Override
  public String path() {
    return "create-vm-placement-group";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var cluster =
        decision.require(ClusterRow.TYPE, params.text("cluster_id"), params.path() + ".cluster_id");
    var id = tools.ids().cuid();
    var name = params.text("name");
    var group = new GroupEdit(decision, params);
    decision
        .transaction()
        .insert(
            group
                .rules(withoutRules())
                .id(id)
                .localId(tools.ids().uuid())
                .clusterId(cluster.id())
                .name(name)
                .localCreatedAt(tools.clock().instant())
                .entityAsyncStatus(EntityAsyncStatus.CREATING));
    group.members(id, cluster.id());
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Create VM placement group " + name, "创建虚拟机放置组 " + name),
        decision.subject("VmPlacementGroup", id, "createVmPlacementGroup", cluster.id()),
        JsonNodeFactory.instance.objectNode().put(GROUP, id));
  }

  private static VmPlacementGroupEdit withoutRules() {
    return VmPlacementGroupEdit.edit()
        .description("")
        .vmVmPolicy(VmVmPolicy.PREFER_SAME)
        .vmVmPolicyEnabled(false)
        .vmHostMustEnabled(false)
        .vmHostMustPolicy(false)
        .vmHostPreferEnabled(false)
        .vmHostPreferPolicy(false);
  }

  /// There is nothing to do but to record it.
  @Override
  public Recording act(RunningTask task) {
    var id = task.payload().required(GROUP).textValue();
    return transaction -> {
      var group = transaction.find(VmPlacementGroupRow.TYPE, id).orElseThrow();
      if (!GroupNames.isFree(transaction, group, group.name())) {
        throw new TaskFailedException(GroupNames.DUPLICATE, GroupNames.taken(group.name()));
      }
      transaction.update(id, VmPlacementGroupEdit.edit().entityAsyncStatus(null));
    };
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.delete(
        VmPlacementGroupRow.TYPE, List.of(task.payload().required(GROUP).textValue()));
  }
}

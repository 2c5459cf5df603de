package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.VmRules;
import io.belfry.store.rows.ClusterRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.NewTask;
import java.util.List;

/// `clone-vm-template-from-vm`: makes templates with copies of what VMs hold, as of one moment. The
/// VMs stay, and are locked until everything is copied.
record CloneVmTemplateFromVm(Tools tools) implements TemplateWork, TaskPerElement {
  @Override
  public String path() {
    return "clone-vm-template-from-vm";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var template = NewTemplate.ofCluster(decision, params);
    VmRules.requireStatus(template.vm(), VmStatus.RUNNING, VmStatus.STOPPED);
    var clusterId = VmRules.cluster(template.vm());
    var copy = new VmCopy(decision, template);
    var id = copy.into(decision.transaction().find(ClusterRow.TYPE, clusterId).orElseThrow(), null);
    template.mark(EntityAsyncStatus.UPDATING);
    return new NewTask(
            tools.ids().cuid(),
            path(),
            template.text(),
            decision.subject("VmTemplate", id, "cloneVmTemplateFromVm", clusterId),
            copy.change(null).payload())
        .in(List.of(Lanes.copy(clusterId)));
  }
}

package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.TaskPerElement;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.operations.template.TemplateChange.Library;
import io.belfry.operations.vm.VmRules;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.NewTask;

/// `clone-content-library-vm-template-from-vm`: makes templates of the content library with copies
/// of what VMs hold, as of one moment, in each of the clusters that the request selects. The VMs
/// stay, and are locked until everything is copied.
record CloneContentLibraryVmTemplateFromVm(Tools tools) implements TemplateWork, TaskPerElement {
  @Override
  public String path() {
    return "clone-content-library-vm-template-from-vm";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var template = NewTemplate.ofLibrary(decision, params);
    VmRules.requireStatus(template.vm(), VmStatus.RUNNING, VmStatus.STOPPED);
    var clusters = LibraryTemplates.clusters(decision, params);
    LibraryTemplates.requireUsable(clusters, params);
    var library = LibraryTemplates.insert(decision, template);
    var copy = new VmCopy(decision, template);
    clusters.forEach(cluster -> copy.into(cluster, library));
    template.mark(EntityAsyncStatus.UPDATING);
    return new NewTask(
            tools.ids().cuid(),
            path(),
            template.text(),
            decision.subject(
                "ContentLibraryVmTemplate",
                library,
                "cloneContentLibraryVmTemplateFromVm",
                template.vm().clusterId()),
            copy.change(new Library(library, Library.Fate.CREATED)).payload())
        .in(clusters.stream().map(cluster -> Lanes.copy(cluster.id())).toList());
  }
}

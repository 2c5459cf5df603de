package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.operations.vm.VmRules;
import io.belfry.problem.ProblemCode;
import io.belfry.tasks.NewTask;

/// `convert-content-library-vm-template-from-vm`: makes templates of the content library of stopped
/// VMs, in the cluster that these are in. To have them in others, too, they are distributed
/// afterwards.
record ConvertContentLibraryVmTemplateFromVm(Tools tools) implements VmConversion {
  @Override
  public String path() {
    return "convert-content-library-vm-template-from-vm";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var template = NewTemplate.ofLibrary(decision, params);
    requireOwnCluster(decision, template, params);
    var library = LibraryTemplates.insert(decision, template);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        template.text(),
        decision.subject(
            "ContentLibraryVmTemplate",
            library,
            "convertContentLibraryVmTemplateFromVm",
            template.vm().clusterId()),
        convert(decision, template, library));
  }

  private static void requireOwnCluster(Decision decision, NewTemplate template, Params params) {
    var own = VmRules.cluster(template.vm());
    var clusters = LibraryTemplates.clusters(decision, params);
    if (clusters.size() != 1 || !clusters.getFirst().id().equals(own)) {
      throw params.refused(
          ProblemCode.PRECONDITION,
          "clusters",
          "%s.clusters must select the cluster of VM %s alone, whose volumes become the template's;"
                  .formatted(params.path(), template.vm().name())
              + " distribute-content-library-vm-template-clusters copies it to others afterwards");
    }
  }
}

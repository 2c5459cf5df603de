package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.VmTemplateRow;
import java.util.List;
import java.util.Optional;

/// `create-vm-from-content-library-template`: creates VMs with the configuration and the content of
/// a template; what the request says goes before what the template says. Guide: 从模版创建虚拟机.
record CreateVmFromContentLibraryTemplate(VmCreation creation) implements CreatesVms {
  CreateVmFromContentLibraryTemplate(Tools tools) {
    this(new VmCreation(tools));
  }

  @Override
  public String path() {
    return "create-vm-from-content-library-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    return NewVms.queue(decision, path(), CreateVmFromContentLibraryTemplate::write);
  }

  private static ObjectNode write(NewVm vm) {
    var decision = vm.decision();
    var params = vm.params();
    var library =
        decision.require(
            ContentLibraryVmTemplateRow.TYPE,
            params.text("template_id"),
            params.path() + ".template_id");
    var template = inCluster(decision, library, vm, params);
    return FromTemplate.write(vm, template, Optional.of(library));
  }

  /// The copy of the template that the VM's cluster has.
  private static VmTemplateRow inCluster(
      Decision decision, ContentLibraryVmTemplateRow library, NewVm vm, Params params) {
    return decision
        .transaction()
        .related(VmTemplateRow.TYPE, "content_library_vm_template", List.of(library.id()))
        .stream()
        .filter(template -> template.clusterId().equals(vm.cluster().id()))
        .findFirst()
        .orElseThrow(() ->
            params.refused(
                ProblemCode.PRECONDITION,
                "template_id",
                "%s.template_id: template %s is not distributed to cluster %s"
                    .formatted(params.path(), library.name(), vm.cluster().name())));
  }
}

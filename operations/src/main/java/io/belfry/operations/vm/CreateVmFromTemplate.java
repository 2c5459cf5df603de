package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.VmTemplateRow;
import java.util.List;
import java.util.Optional;

/// `create-vm-from-template`: creates VMs from templates of the cluster itself, or from the
/// cluster's copies of those of the content library.
record CreateVmFromTemplate(VmCreation creation) implements CreatesVms {
  CreateVmFromTemplate(Tools tools) {
    this(new VmCreation(tools));
  }

  @Override
  public String path() {
    return "create-vm-from-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var requested =
        decision.body().elements().stream()
            .map(params ->
                OriginCluster.named(params, "template_id", template(decision, params).clusterId()))
            .toList();
    return NewVms.queue(decision, path(), requested, CreateVmFromTemplate::write);
  }

  private static VmTemplateRow template(Decision decision, Params params) {
    return decision.require(
        VmTemplateRow.TYPE, params.text("template_id"), params.path() + ".template_id");
  }

  private static ObjectNode write(NewVm vm) {
    var template = template(vm.decision(), vm.params());
    var library =
        Optional.ofNullable(template.contentLibraryVmTemplateId())
            .flatMap(id -> vm.decision().transaction().find(ContentLibraryVmTemplateRow.TYPE, id));
    return FromTemplate.write(vm, template, library);
  }
}

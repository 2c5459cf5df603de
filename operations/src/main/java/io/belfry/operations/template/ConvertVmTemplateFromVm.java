package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.input.Params;
import io.belfry.tasks.NewTask;

/// `convert-vm-template-from-vm`: makes templates of a cluster of stopped VMs.
record ConvertVmTemplateFromVm(Tools tools) implements VmConversion {
  @Override
  public String path() {
    return "convert-vm-template-from-vm";
  }

  @Override
  public NewTask prepare(Decision decision, Params params) {
    var template = NewTemplate.ofCluster(decision, params);
    var payload = convert(decision, template, null);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        template.text(),
        decision.subject(
            "VmTemplate",
            payload.required(TEMPLATE).textValue(),
            "convertVmTemplateFromVm",
            template.vm().clusterId()),
        payload);
  }
}

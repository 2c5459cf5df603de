package io.belfry.operations.template;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import java.util.List;

/// `update-vm-template`: gives templates another name or description, and says whether they take a
/// cloud-init configuration. Only the management knows these.
final class UpdateVmTemplate implements Mutation {
  @Override
  public String path() {
    return "update-vm-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var templates = decision.lock(VmTemplateRow.TYPE, decision.body().object("where"));
    var data = decision.body().object("data");
    var edit = VmTemplateEdit.edit();
    data.optionalText("name").ifPresent(edit::name);
    data.optionalText("description").ifPresent(edit::description);
    data.optionalFlag("cloud_init_supported").ifPresent(edit::cloudInitSupported);
    for (var template : templates) {
      Busy.refuse("VM_TEMPLATE", template.id(), template.entityAsyncStatus());
      if (!edit.values().isEmpty()) {
        decision.transaction().update(template.id(), edit);
      }
    }
    return templates.stream().map(template -> updated(decision, template)).toList();
  }

  private static Decided updated(Decision decision, VmTemplateRow template) {
    return decision.done(
        new LocalizedText("Edit VM template " + template.name(), "编辑虚拟机模版 " + template.name()),
        decision.subject("VmTemplate", template.id(), "updateVmTemplate", template.clusterId()));
  }
}

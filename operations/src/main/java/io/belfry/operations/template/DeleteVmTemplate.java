package io.belfry.operations.template;

import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.NewTask;
import java.util.List;
import java.util.Map;

/// `delete-vm-template`: removes templates of a cluster with what they hold. VMs that were made of
/// them stay. Copies of templates of the content library go with these.
record DeleteVmTemplate(Tools tools) implements TemplateWork {
  @Override
  public String path() {
    return "delete-vm-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var templates = decision.lock(VmTemplateRow.TYPE, decision.body().object("where"));
    for (var template : templates) {
      Busy.refuse("VM_TEMPLATE", template.id(), template.entityAsyncStatus());
      refuseLibrary(template);
    }
    decision
        .transaction()
        .update(
            templates.stream().map(VmTemplateRow::id).toList(),
            VmTemplateEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    return decision.queue(templates.stream().map(template -> task(decision, template)).toList());
  }

  /// Refuses a copy of a template of the content library.
  static void refuseLibrary(VmTemplateRow template) {
    if (template.contentLibraryVmTemplateId() != null) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "Template %s is a copy of one of the content library, and goes with that"
                  .formatted(template.name()),
              Map.of("id", template.id()))
          .asException();
    }
  }

  private NewTask task(Decision decision, VmTemplateRow template) {
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Delete VM template " + template.name(), "删除虚拟机模版 " + template.name()),
        decision.subject("VmTemplate", template.id(), "deleteVmTemplate", template.clusterId()),
        TemplateChange.removing(List.of(template.id()), null).payload());
  }
}

package io.belfry.operations.template;

import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.operations.template.TemplateChange.Library;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.ContentLibraryVmTemplateRow;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.NewTask;
import java.util.List;

/// `delete-content-library-vm-template`: removes templates of the content library with the copies
/// that clusters have of them. VMs that were made of them stay.
record DeleteContentLibraryVmTemplate(Tools tools) implements TemplateWork {
  @Override
  public String path() {
    return "delete-content-library-vm-template";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var templates = LibraryTemplates.locked(decision);
    return decision.queue(templates.stream().map(template -> task(decision, template)).toList());
  }

  private NewTask task(Decision decision, ContentLibraryVmTemplateRow template) {
    var copies =
        LibraryTemplates.copies(decision.transaction(), template.id()).stream()
            .map(VmTemplateRow::id)
            .toList();
    decision
        .transaction()
        .update(copies, VmTemplateEdit.edit().entityAsyncStatus(EntityAsyncStatus.DELETING));
    LibraryTemplates.mark(decision, template.id(), EntityAsyncStatus.DELETING);
    var library = new Library(template.id(), Library.Fate.DELETED);
    return new NewTask(
        tools.ids().cuid(),
        path(),
        new LocalizedText("Delete VM template " + template.name(), "删除虚拟机模版 " + template.name()),
        decision.subject(
            "ContentLibraryVmTemplate", template.id(), "deleteContentLibraryVmTemplate", null),
        TemplateChange.removing(copies, library).payload());
  }
}

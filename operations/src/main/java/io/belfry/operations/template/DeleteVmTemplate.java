package io.belfry.operations.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.operations.Busy;
import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.vm.Faults;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.EntityAsyncStatus;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.List;
import java.util.Map;

/// `delete-vm-template`: removes templates of a cluster with what they hold. VMs that were made of
/// them stay. Copies of templates of the content library go with these.
record DeleteVmTemplate(Tools tools) implements Mutation, TaskWork {

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
    var tasks = templates.stream().map(template -> task(decision, template)).toList();
    return decision.queue(tasks);
  }

  private static void refuseLibrary(VmTemplateRow template) {
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
        JsonNodeFactory.instance.objectNode().put(NewTemplate.TEMPLATE, template.id()));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    try {
      for (var disk : disks(task)) {
        tools.driver().deleteSnapshot(disk.snapshot());
        tools.driver().deleteVolume(disk.volume());
      }
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> NewTemplate.remove(transaction, task.payload());
  }

  private List<TemplateDisk> disks(RunningTask task) {
    return tools
        .store()
        .read(transaction -> transaction.find(VmTemplateRow.TYPE, id(task)))
        .map(VmTemplateRow::vmDisks)
        .map(TemplateDisk::of)
        .orElse(List.of());
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    transaction.update(id(task), VmTemplateEdit.edit().entityAsyncStatus(null));
  }

  private static String id(RunningTask task) {
    return task.payload().required(NewTemplate.TEMPLATE).textValue();
  }
}

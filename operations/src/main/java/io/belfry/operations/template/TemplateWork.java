package io.belfry.operations.template;

import io.belfry.hypervisor.Consistency;
import io.belfry.hypervisor.CopyMode;
import io.belfry.hypervisor.CopySource;
import io.belfry.hypervisor.HypervisorException;
import io.belfry.hypervisor.SnapshotId;
import io.belfry.hypervisor.VolumeId;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Leftovers;
import io.belfry.operations.device.TemplateDisk;
import io.belfry.operations.vm.Faults;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmTemplateEdit;
import io.belfry.store.rows.VmTemplateRow;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// An operation whose tasks make and remove templates, as a [TemplateChange] says. If that fails,
/// nothing is left of those that were to be made.
interface TemplateWork extends Mutation, TaskWork {

  Tools tools();

  @Override
  default Recording act(RunningTask task) throws InterruptedException {
    var change = TemplateChange.read(task.payload());
    try {
      copy(change, task);
      delete(change);
    } catch (HypervisorException e) {
      throw Faults.asTaskFailure(e);
    }
    return transaction -> record(transaction, change);
  }

  private void copy(TemplateChange change, RunningTask task) throws InterruptedException {
    var driver = tools().driver();
    take(change.moment());
    var copies = change.copies();
    for (var i = 0; i < copies.size(); i++) {
      var copy = copies.get(i);
      var before = i;
      driver.copyVolume(
          new CopySource.OfSnapshot(copy.sourceId()),
          copy.definition(),
          CopyMode.FULL,
          fraction -> task.progress((before + fraction) / (copies.size() + 1)));
      take(List.of(new TemplateChange.Moment(copy.snapshot(), copy.volume())));
    }
    for (var moment : change.moment()) {
      driver.deleteSnapshot(moment.snapshotId());
    }
  }

  private void take(List<TemplateChange.Moment> moment) throws InterruptedException {
    var wanted = new LinkedHashMap<SnapshotId, VolumeId>();
    moment.forEach(one -> wanted.put(one.snapshotId(), one.volumeId()));
    if (!wanted.isEmpty()) {
      tools().driver().snapshot(wanted, Consistency.CRASH);
    }
  }

  private void delete(TemplateChange change) throws InterruptedException {
    var templates =
        tools().store().read(transaction -> transaction.find(VmTemplateRow.TYPE, change.removed()));
    for (var template : templates) {
      for (var disk : TemplateDisk.of(template.vmDisks())) {
        tools().driver().deleteSnapshot(disk.snapshot());
        tools().driver().deleteVolume(disk.volume());
      }
    }
  }

  private void record(Transaction transaction, TemplateChange change) {
    for (var id : change.added()) {
      transaction.update(
          id, VmTemplateEdit.edit().localId(tools().ids().uuid()).entityAsyncStatus(null));
    }
    transaction.delete(VmTemplateRow.TYPE, change.removed());
    unlockVm(transaction, change);
    LibraryTemplates.record(transaction, change.library(), change.edited());
  }

  @Override
  default Optional<Undo> undo(RunningTask task) {
    var change = TemplateChange.read(task.payload());
    return Optional.of(
        Faults.asTaskFailures(() -> {
          for (var copy : change.copies()) {
            Leftovers.delete(tools().driver(), copy.disk().snapshot());
            Leftovers.delete(tools().driver(), copy.disk().volume());
          }
          for (var moment : change.moment()) {
            Leftovers.delete(tools().driver(), moment.snapshotId());
          }
          return Recording.NOTHING;
        }));
  }

  @Override
  default void rollBack(Transaction transaction, RunningTask task) {
    var change = TemplateChange.read(task.payload());
    transaction.delete(VmTemplateRow.TYPE, change.added());
    transaction.update(change.removed(), VmTemplateEdit.edit().entityAsyncStatus(null));
    unlockVm(transaction, change);
    LibraryTemplates.rollBack(transaction, change.library());
  }

  private static void unlockVm(Transaction transaction, TemplateChange change) {
    if (change.vm() != null) {
      transaction.update(change.vm(), VmEdit.edit().entityAsyncStatus(null));
    }
  }
}

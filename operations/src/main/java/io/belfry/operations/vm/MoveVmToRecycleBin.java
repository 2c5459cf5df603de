package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmEdit;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.TaskWork.Recording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// `move-vm-to-recycle`: powers VMs off and puts them into the recycle bin, under another name, so
/// that theirs is free. Guide: 移入回收站.
final class MoveVmToRecycleBin implements VmChange {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public String path() {
    return "move-vm-to-recycle";
  }

  @Override
  public String mutation() {
    return "moveVmToRecycleBin";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Move VM %s to recycle bin".formatted(vm.name()), "将虚拟机 %s 移入回收站".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> RecycleBin.requireEnabled(decision.transaction(), target.vm()));
    return Payloads.emptyForEach(targets);
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var seen = task.driver().powerOff(task.vm());
    return task.recordSeen(seen).then(transaction -> bin(transaction, task));
  }

  private static void bin(Transaction transaction, VmTask task) {
    var now = task.tools().clock().instant();
    var vm = transaction.find(VmRow.TYPE, task.rowId()).orElseThrow();
    transaction.update(
        vm.id(),
        VmEdit.edit()
            .inRecycleBin(true)
            .deletedAt(now)
            .originalName(vm.name())
            .name(binnedName(vm.name(), now)));
  }

  private static String binnedName(String name, Instant now) {
    return "%s-%s".formatted(name, STAMP.format(now));
  }
}

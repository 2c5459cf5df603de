package io.belfry.datacenter;

import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.TaskEdit;
import io.belfry.store.rows.TaskStatus;
import io.belfry.store.rows.UserAuditLogEdit;
import io.belfry.store.rows.UserAuditLogStatus;
import java.time.Duration;
import java.util.List;

/// Makes what happened lately: tasks that have ended, and who asked for them.
final class HistoryRows {
  private static final String WHO = "root";
  private static final String FROM = "192.168.1.20";

  /// The tasks went on for so long, all together.
  private static final Duration LATELY = Duration.ofHours(8);

  private static final List<Deed> DEEDS =
      List.of(
          new Deed("createVm", "CREATE_VM", "Create a VM %s", "创建虚拟机 %s"),
          new Deed("startVm", "START_VM", "Start VM %s", "启动虚拟机 %s"),
          new Deed("updateVm", "UPDATE_VM", "Edit VM %s", "编辑虚拟机 %s"),
          new Deed("updateVm", "UPDATE_VM", "Edit VM %s disk", "编辑虚拟机 %s 的磁盘"),
          new Deed("migrateVm", "MIGRATE_VM", "VM %s is performing a live migration", "热迁移虚拟机 %s"),
          new Deed(
              "createVmSnapshot",
              "CREATE_VM_SNAPSHOT",
              "Create VM snapshot of %s",
              "创建虚拟机 %s 的快照"));

  private static final int FAILED = 7;

  private final Construction construction;

  HistoryRows(Construction construction) {
    this.construction = construction;
  }

  /// @param mutation its name in tasks
  /// @param action its name in the audit log
  private record Deed(String mutation, String action, String enUs, String zhCn) {
    LocalizedText text(String vm) {
      return new LocalizedText(enUs.formatted(vm), zhCn.formatted(vm));
    }
  }

  /// Two deeds of each kind; one of all has failed.
  void add(ClusterSite site, List<MadeVm> vms) {
    construction.past().passTo(construction.now().minus(LATELY));
    var candidates = vms.stream().filter(vm -> vm.plan().state().isRunning()).toList();
    for (var i = 0; i < 2 * DEEDS.size() && i < candidates.size(); i++) {
      construction.past().pass(LATELY.dividedBy(2L * DEEDS.size() + 1));
      add(site, candidates.get(i), DEEDS.get(i % DEEDS.size()), i == FAILED);
    }
  }

  private void add(ClusterSite site, MadeVm vm, Deed deed, boolean failed) {
    var started = construction.past().instant();
    var finished = started.plusMillis(construction.random().nextLong(400, 4_000));
    var text = deed.text(vm.plan().name());
    var task =
        TaskEdit.edit()
            .id(construction.ids().cuid())
            .clusterId(site.id())
            .description(text)
            .resourceType("Vm")
            .resourceId(vm.id())
            .resourceMutation(deed.mutation)
            .status(failed ? TaskStatus.FAILED : TaskStatus.SUCCESSED)
            .progress(1)
            .args(Json.object())
            .snapshot("{}")
            .steps(Json.NONE)
            .internal(false)
            .localCreatedAt(started)
            .startedAt(started)
            .finishedAt(finished);
    if (failed) {
      task.errorCode("HostAvailableMemoryFilter")
          .errorMessage(
              "HostAvailableMemoryFilter: no host has enough memory for VM " + vm.plan().name())
          .resourceRollbacked(true)
          .resourceRollbackRetryCount(0);
    }
    construction.rows().add(task);
    construction
        .rows()
        .add(
            UserAuditLogEdit.edit()
                .id(construction.ids().cuid())
                .clusterId(site.id())
                .action(deed.action)
                .message(text)
                .username(WHO)
                .ipAddress(FROM)
                .authType("LOCAL")
                .resourceType("Vm")
                .resourceId(vm.id())
                .status(failed ? UserAuditLogStatus.FAILED : UserAuditLogStatus.SUCCESSED)
                .createdAt(started)
                .startedAt(started)
                .finishedAt(finished));
  }
}

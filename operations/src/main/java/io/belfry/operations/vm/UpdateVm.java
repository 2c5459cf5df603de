package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Cpu;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmHaPriority;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;

/// `update-vm-basic-info`: changes name, description, HA, CPUs and memory. While a VM runs, CPUs
/// and memory only grow; while it is suspended, they stay. Guide: 编辑基本信息.
final class UpdateVm implements VmChange {
  private static final String NAME = "name";
  private static final String SOCKETS = "sockets";
  private static final String CORES = "cores";
  private static final String MEMORY = "memory";
  private static final String EDITED = "edited";

  @Override
  public String path() {
    return "update-vm-basic-info";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Edit VM " + vm.name(), "编辑虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    VmNames.refuseIfTaken(decision, targets, data);
    var placements = new Placements(decision.transaction());
    var payloads = new ArrayList<ObjectNode>();
    for (var target : targets) {
      var vm = target.vm();
      var size = size(vm, data);
      refuseToResize(vm, size, data);
      promiseGrowth(placements, target, size);
      var payload = Payloads.empty();
      payload
          .put(SOCKETS, size.cpu().sockets())
          .put(CORES, size.cpu().coresPerSocket())
          .put(MEMORY, size.memoryBytes())
          .put(NAME, data.optionalText("name").orElse(vm.name()))
          .set(EDITED, data.json());
      payloads.add(payload);
    }
    placements.keepPromises();
    return payloads;
  }

  private record Size(Cpu cpu, long memoryBytes) {}

  private static Size size(VmRow vm, Params data) {
    var now = new Cpu(vm.cpu().path("sockets").intValue(), vm.cpu().path("cores").intValue());
    return new Size(CpuParams.read(data, now), data.inBaseUnit("memory").orElse(vm.memory()));
  }

  private static void refuseToResize(VmRow vm, Size size, Params data) {
    if (vm.status() == VmStatus.STOPPED
        || (size.cpu().count() == vm.vcpu() && size.memoryBytes() == vm.memory())) {
      return;
    }
    VmRules.requireStatus(vm, VmStatus.STOPPED, VmStatus.RUNNING);
    if (size.cpu().count() < vm.vcpu() || size.memoryBytes() < vm.memory()) {
      throw data.refused(
          ProblemCode.WRONG_STATE,
          size.memoryBytes() < vm.memory() ? "memory" : "vcpu",
          "VM %s is %s: its CPUs (%s) and memory (%s bytes) can only grow until it is stopped"
              .formatted(vm.name(), vm.status().wire(), vm.vcpu(), vm.memory()));
    }
  }

  private static void promiseGrowth(Placements placements, Target target, Size size) {
    var vm = target.vm();
    var growth = size.memoryBytes() - vm.memory();
    if (vm.status() == VmStatus.RUNNING && growth > 0) {
      var placement = placements.in(vm);
      placement.host(vm.hostId()).ifPresent(on -> placement.promise(target.taskId(), on, growth));
    }
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var seen = rename(task, resize(task, task.observe()));
    return task.recordSeen(seen).then(transaction -> record(transaction, task, seen));
  }

  private static VmSeen resize(VmTask task, VmSeen seen) throws InterruptedException {
    var payload = task.payload();
    var cpu = new Cpu(payload.path(SOCKETS).intValue(), payload.path(CORES).intValue());
    var memoryBytes = payload.path(MEMORY).longValue();
    var resized = seen.definition().withSize(cpu, memoryBytes);
    return resized.equals(seen.definition())
        ? seen
        : task.driver().resize(task.vm(), cpu, memoryBytes);
  }

  private static VmSeen rename(VmTask task, VmSeen seen) throws InterruptedException {
    var renamed = seen.definition().withName(task.payload().path(NAME).textValue());
    return renamed.equals(seen.definition()) ? seen : task.driver().define(renamed, seen.host());
  }

  private static void record(Transaction transaction, VmTask task, VmSeen seen) {
    var definition = seen.definition();
    refuseNameTakenMeanwhile(transaction, task, definition.name());
    var edited = new Params("data", task.payload().path(EDITED));
    var edit = VmRecords.size(definition).name(definition.name());
    edited.optionalText("description").ifPresent(edit::description);
    edited.optionalFlag("ha").ifPresent(edit::ha);
    edited.optionalText("ha_priority").map(VmHaPriority::of).ifPresent(edit::haPriority);
    transaction.update(task.rowId(), edit);
  }

  /// Nobody keeps the name for this VM between the decision and now.
  private static void refuseNameTakenMeanwhile(Transaction transaction, VmTask task, String name) {
    var vm = transaction.find(VmRow.TYPE, task.rowId()).orElseThrow();
    if (!vm.name().equals(name) && !VmNames.isFree(transaction, VmRules.cluster(vm), name)) {
      throw new TaskFailedException(
          "VM_DUPLICATED_NAME",
          "Another VM of the cluster has been named %s meanwhile".formatted(name));
    }
  }
}

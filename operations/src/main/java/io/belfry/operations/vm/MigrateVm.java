package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.Lane;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// `migrate-vm`: moves VMs to a host that the request names or that has the memory, with all they
/// do if they run. Guide: 虚拟机迁移.
final class MigrateVm implements VmChange {
  @Override
  public String path() {
    return "migrate-vm";
  }

  @Override
  public String mutation() {
    return "migrateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return vm.status() == VmStatus.RUNNING
        ? new LocalizedText(
            "VM %s is performing a live migration".formatted(vm.name()), "热迁移虚拟机 " + vm.name())
        : new LocalizedText(
            "VM %s is performing a cold migration".formatted(vm.name()), "冷迁移虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    var placements = new Placements(decision.transaction());
    var payloads = new ArrayList<ObjectNode>();
    for (var target : targets) {
      var vm = target.vm();
      var placement = placements.in(vm);
      var wanted =
          new Placement.Wanted(
              vm.id(), neededBytes(vm), null, host -> !host.id().equals(vm.hostId()));
      var place = place(decision, placement, wanted, vm, data);
      placement.promise(target.taskId(), wanted, place);
      payloads.add(Destination.put(Payloads.empty(), place));
    }
    placements.keepPromises();
    return payloads;
  }

  private static Placement.Place place(
      Decision decision, Placement placement, Placement.Wanted wanted, VmRow vm, Params data) {
    var named = Placement.namedHost(data);
    if (named.isEmpty()) {
      return placement.find(wanted);
    }
    var parameter = data.path() + ".host_id";
    var host = placement.named(decision, named.get(), parameter);
    if (host.id().equals(vm.hostId())) {
      throw new Problem(
              ProblemCode.PRECONDITION,
              "%s: VM %s is on host %s already".formatted(parameter, vm.name(), host.name()),
              Map.of("field", parameter, "id", host.id()))
          .asException();
    }
    return placement.on(host, wanted);
  }

  /// A stopped VM takes no memory where it is kept.
  private static long neededBytes(VmRow vm) {
    return vm.status() == VmStatus.RUNNING ? vm.memory() : 0;
  }

  /// Only a VM that runs takes much of its hosts' network.
  @Override
  public List<Lane> lanes(VmRow vm, ObjectNode payload) {
    var target = Destination.findRow(payload);
    if (vm.status() != VmStatus.RUNNING || target.isEmpty()) {
      return List.of();
    }
    return Stream.of(vm.hostId(), target.get())
        .filter(Objects::nonNull)
        .map(Lanes::migration)
        .toList();
  }

  @Override
  public boolean isDone(VmTask task, VmSeen seen) {
    return Destination.find(task.payload()).filter(seen.host()::equals).isPresent();
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var host = Destination.require(task.payload());
    return task.recordSeen(task.driver().migrate(task.vm(), host, task::progress));
  }
}

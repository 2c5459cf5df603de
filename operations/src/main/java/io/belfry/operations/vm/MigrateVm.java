package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.Lanes;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.Lane;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// `migrate-vm`: moves VMs to a host that the request names or that has the memory, with all they
/// do if they run. Guide: 虚拟机迁移.
final class MigrateVm implements VmChange {
  private static final String HOST = "host";
  private static final String HOST_ROW = "host_row_id";

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
      var placement = placements.in(target.vm());
      var payload = Payloads.empty();
      host(decision, placement, target.vm(), data)
          .ifPresent(host -> {
            placement.promise(target.taskId(), host, neededBytes(target.vm()));
            payload.put(HOST, host.localId()).put(HOST_ROW, host.id());
          });
      payloads.add(payload);
    }
    placements.keepPromises();
    return payloads;
  }

  private static Optional<HostRow> host(
      Decision decision, Placement placement, VmRow vm, Params data) {
    var named = Placement.namedHost(data);
    if (named.isEmpty()) {
      return placement.find(neededBytes(vm), null, host -> !host.id().equals(vm.hostId()));
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
    return Optional.of(host).filter(to -> placement.fits(to, neededBytes(vm)));
  }

  /// A stopped VM takes no memory where it is kept.
  private static long neededBytes(VmRow vm) {
    return vm.status() == VmStatus.RUNNING ? vm.memory() : 0;
  }

  /// Only a VM that runs takes much of its hosts' network.
  @Override
  public List<Lane> lanes(VmRow vm, ObjectNode payload) {
    var target = payload.path(HOST_ROW).textValue();
    if (vm.status() != VmStatus.RUNNING || target == null) {
      return List.of();
    }
    return Stream.of(vm.hostId(), target).filter(Objects::nonNull).map(Lanes::migration).toList();
  }

  @Override
  public boolean isDone(VmTask task, VmSeen seen) {
    return seen.host().value().equals(task.payload().path(HOST).textValue());
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var host = task.payload().path(HOST).textValue();
    if (host == null) {
      throw new TaskFailedException(
          Placement.NO_MEMORY, "No other host that takes VMs has enough memory free for the VM");
    }
    return task.recordSeen(task.driver().migrate(task.vm(), new HostId(host), task::progress));
  }
}

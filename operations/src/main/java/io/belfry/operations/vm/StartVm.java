package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.HostId;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.HostRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `start-vm`: boots stopped VMs on a host that the request names or that has the memory. Where no
/// host has it, the task fails.
final class StartVm implements VmChange {
  private static final String HOST = "host";

  @Override
  public String path() {
    return "start-vm";
  }

  @Override
  public String mutation() {
    return "startVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText("Start VM " + vm.name(), "启动虚拟机 " + vm.name());
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(target -> VmRules.requireStatus(target.vm(), VmStatus.STOPPED));
    var placements = new Placements(decision.transaction());
    var payloads = new ArrayList<ObjectNode>();
    for (var target : targets) {
      var payload = Payloads.empty();
      host(decision, placements.in(target.vm()), target.vm(), data)
          .ifPresent(host -> {
            placements.in(target.vm()).promise(target.taskId(), host, target.vm().memory());
            payload.put(HOST, host.localId());
          });
      payloads.add(payload);
    }
    placements.keepPromises();
    return payloads;
  }

  private static Optional<HostRow> host(
      Decision decision, Placement placement, VmRow vm, Params data) {
    var named = Placement.namedHost(data);
    if (named.isPresent()) {
      return Optional.of(placement.named(decision, named.get(), data.path() + ".host_id"))
          .filter(host -> placement.fits(host, vm.memory()));
    }
    return placement.find(vm.memory(), vm.hostId(), _ -> true);
  }

  @Override
  public boolean isDone(VmTask task, VmSeen seen) {
    return seen.power() == PowerState.RUNNING;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var host = task.payload().path(HOST).textValue();
    if (host == null) {
      throw new TaskFailedException(
          Placement.NO_MEMORY, "No host that takes VMs has enough memory free to start the VM");
    }
    return task.recordSeen(task.driver().start(task.vm(), new HostId(host)));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.PowerState;
import io.belfry.hypervisor.VmSeen;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.ArrayList;
import java.util.List;

/// `start-vm`: boots stopped VMs on a host that the request names or that has the memory. Where no
/// host has it, the task fails.
final class StartVm implements VmChange {
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
      var vm = target.vm();
      var placement = placements.in(vm);
      var wanted = new Placement.Wanted(vm.id(), vm.memory(), vm.hostId(), _ -> true);
      var place = place(decision, placement, wanted, data);
      placement.promise(target.taskId(), wanted, place);
      payloads.add(Destination.put(Payloads.empty(), place));
    }
    placements.keepPromises();
    return payloads;
  }

  private static Placement.Place place(
      Decision decision, Placement placement, Placement.Wanted wanted, Params data) {
    return Placement.namedHost(data)
        .map(id -> placement.named(decision, id, data.path() + ".host_id"))
        .map(host -> placement.on(host, wanted))
        .orElseGet(() -> placement.find(wanted));
  }

  @Override
  public boolean isDone(VmTask task, VmSeen seen) {
    return seen.power() == PowerState.RUNNING;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    var host = Destination.require(task.payload());
    return task.recordSeen(task.driver().start(task.vm(), host));
  }
}

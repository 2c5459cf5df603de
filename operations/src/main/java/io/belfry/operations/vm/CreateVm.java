package io.belfry.operations.vm;

import io.belfry.operations.Decision;
import io.belfry.operations.Mutation;
import io.belfry.operations.Tools;
import io.belfry.operations.device.Volumes;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VmFirmware;
import io.belfry.tasks.NewTask;
import io.belfry.tasks.RunningTask;
import io.belfry.tasks.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `create-vm`: creates blank VMs. Guide: 创建空白虚拟机.
final class CreateVm implements Mutation, TaskWork {
  private final VmCreation creation;

  CreateVm(Tools tools) {
    this.creation = new VmCreation(tools);
  }

  @Override
  public String path() {
    return "create-vm";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    var volumes = new Volumes(decision);
    var placements = new Placements(decision.transaction());
    var tasks = new ArrayList<NewTask>();
    for (var params : decision.body().elements()) {
      tasks.add(prepare(decision, volumes, placements, params));
    }
    placements.keepPromises();
    decision.queue(tasks);
    return tasks.stream().map(VmCreation::decided).toList();
  }

  private NewTask prepare(
      Decision decision, Volumes volumes, Placements placements, Params params) {
    var vm = new NewVm(decision, volumes, params);
    var cpu = CpuParams.read(params, CpuParams.ONE);
    var memoryBytes = params.inBaseUnit("memory").orElseThrow();
    var edit =
        NewVm.blank()
            .cpu(CpuParams.json(cpu))
            .vcpu(cpu.count())
            .memory(memoryBytes)
            .firmware(VmFirmware.of(params.text("firmware")));
    var payload = vm.write(edit, memoryBytes, placements);
    vm.disks().add(params.object("vm_disks"));
    params.objects("vm_nics").forEach(vm.nics()::add);
    return VmCreation.task(decision, path(), vm, vm.complete(payload));
  }

  @Override
  public Recording act(RunningTask task) throws InterruptedException {
    return creation.act(task);
  }

  @Override
  public Optional<Undo> undo(RunningTask task) {
    return creation.undo(task);
  }

  @Override
  public void rollBack(Transaction transaction, RunningTask task) {
    creation.rollBack(transaction, task);
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.Tools;
import io.belfry.store.rows.VmFirmware;
import java.util.List;

/// `create-vm`: creates blank VMs. Guide: 创建空白虚拟机.
record CreateVm(VmCreation creation) implements CreatesVms {
  CreateVm(Tools tools) {
    this(new VmCreation(tools));
  }

  @Override
  public String path() {
    return "create-vm";
  }

  @Override
  public List<Decided> decide(Decision decision) {
    return NewVms.queue(decision, path(), CreateVm::write);
  }

  private static ObjectNode write(NewVm vm) {
    var params = vm.params();
    var cpu = CpuParams.read(params, CpuParams.ONE);
    var memoryBytes = params.inBaseUnit("memory").orElseThrow();
    var edit =
        NewVm.blank()
            .cpu(CpuParams.json(cpu))
            .vcpu(cpu.count())
            .memory(memoryBytes)
            .firmware(VmFirmware.of(params.text("firmware")));
    var payload = vm.write(edit, memoryBytes);
    vm.disks().add(params.object("vm_disks"));
    params.objects("vm_nics").forEach(vm.nics()::add);
    return payload;
  }
}

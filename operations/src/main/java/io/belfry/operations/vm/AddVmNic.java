package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `add-vm-nic`: gives VMs NICs, behind those they have. Guide: 添加网卡.
final class AddVmNic implements VmChange {
  private static final String NICS = "nics";
  private static final String NIC_DEVICES = "nic_devices";

  @Override
  public String path() {
    return "add-vm-nic";
  }

  @Override
  public String mutation() {
    return "updateVm";
  }

  @Override
  public LocalizedText description(VmRow vm) {
    return new LocalizedText(
        "Edit VM %s NIC".formatted(vm.name()), "编辑虚拟机 %s 的网卡".formatted(vm.name()));
  }

  @Override
  public List<ObjectNode> prepare(Decision decision, List<Target> targets, Params data) {
    targets.forEach(
        target -> VmRules.requireStatus(target.vm(), VmStatus.RUNNING, VmStatus.STOPPED));
    var networks = new Networks(decision);
    return targets.stream().map(target -> prepare(decision, networks, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, Networks networks, VmRow vm, Params data) {
    var count = new Definitions(decision.transaction()).nics(vm.id()).size();
    var nics = new NewNics(decision, networks, VmRules.cluster(vm), vm.id(), count);
    data.objects("vm_nics").forEach(nics::add);
    var payload = Payloads.empty();
    Payloads.putAll(payload, NICS, nics.ids());
    Payloads.putAll(payload, NIC_DEVICES, nics.localIds());
    return payload;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return attach(task);
  }

  private static Recording attach(VmTask task) throws InterruptedException {
    var nics =
        task.tools()
            .store()
            .read(transaction ->
                new Definitions(transaction)
                    .nics(task.rowId()).stream()
                        .filter(nic -> Payloads.texts(task.payload(), NICS).contains(nic.id()))
                        .map(new Definitions(transaction)::nic)
                        .toList());
    for (var nic : nics) {
      task.driver().attach(task.vm(), nic);
    }
    return task.recordSeen(task.observe());
  }

  @Override
  public void undo(VmTask task) throws InterruptedException {
    task.detach(Payloads.texts(task.payload(), NIC_DEVICES));
  }

  @Override
  public void rollBack(Transaction transaction, VmTask task) {
    transaction.delete(VmNicRow.TYPE, Payloads.texts(task.payload(), NICS));
  }
}

package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.operations.Decision;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Networks;
import io.belfry.operations.device.NewNics;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.row.LocalizedText;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.store.rows.VmStatus;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// `update-vm-nic`: changes network, cable, mirroring, model or address of a NIC. Guide: 编辑网卡.
final class UpdateVmNic implements VmChange {
  private static final String NIC = "nic";
  private static final String VLAN = "vlan";
  private static final String MAC = "mac";
  private static final String MODEL = "model";
  private static final String ENABLED = "enabled";
  private static final String MIRROR = "mirror";
  private static final List<String> NOT_BUILT =
      List.of("nic_id", "vpc_nic", "ip_address", "gateway", "subnet_mask");

  @Override
  public String path() {
    return "update-vm-nic";
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
    NOT_BUILT.forEach(key -> NewNics.refuseUnbuilt(data, key));
    var networks = new Networks(decision);
    return targets.stream().map(target -> prepare(decision, networks, target.vm(), data)).toList();
  }

  private static ObjectNode prepare(Decision decision, Networks networks, VmRow vm, Params data) {
    var nics = new Definitions(decision.transaction()).nics(vm.id());
    var nic = NicIndexes.nic(nics, data.intValue("nic_index"), data, vm);
    var payload = Payloads.empty().put(NIC, nic.id());
    networks.vlan(data, VmRules.cluster(vm)).ifPresent(vlan -> payload.put(VLAN, vlan.id()));
    data.optionalText("mac_address")
        .filter(given -> !given.isEmpty())
        .ifPresent(given -> payload.put(MAC, networks.freeMac(data, given, nic.id())));
    data.optionalText("model").ifPresent(model -> payload.put(MODEL, model));
    data.optionalFlag("enabled").ifPresent(enabled -> payload.put(ENABLED, enabled));
    data.optionalFlag("mirror").ifPresent(mirror -> payload.put(MIRROR, mirror));
    return payload;
  }

  @Override
  public Recording act(VmTask task) throws InterruptedException {
    return update(task);
  }

  private static Recording update(VmTask task) throws InterruptedException {
    var nic =
        task.tools()
            .store()
            .read(transaction -> {
              var row =
                  transaction
                      .find(VmNicRow.TYPE, task.payload().required(NIC).textValue())
                      .orElseThrow();
              var now = new Definitions(transaction).nic(row);
              return changed(transaction, now, task.payload());
            });
    var seen = task.driver().update(task.vm(), nic);
    return task.recordSeen(seen).then(transaction -> record(transaction, task.payload()));
  }

  private static Device.Nic changed(Transaction transaction, Device.Nic nic, JsonNode changes) {
    var network =
        changes.has(VLAN)
            ? new NetworkId(
                transaction
                    .find(VlanRow.TYPE, changes.required(VLAN).textValue())
                    .orElseThrow()
                    .localId())
            : nic.network();
    return new Device.Nic(
        nic.id(),
        changes.has(MAC) ? new MacAddress(changes.required(MAC).textValue()) : nic.mac(),
        network,
        Device.Nic.Model.valueOf(changes.path(MODEL).asText(nic.model().name())),
        changes.path(ENABLED).asBoolean(nic.enabled()),
        changes.path(MIRROR).asBoolean(nic.mirrored()));
  }

  private static void record(Transaction transaction, JsonNode changes) {
    refuseMacTakenMeanwhile(transaction, changes);
    var edit = VmNicEdit.edit();
    if (changes.has(VLAN)) {
      edit.vlanId(changes.required(VLAN).textValue());
    }
    if (changes.has(MAC)) {
      edit.macAddress(changes.required(MAC).textValue());
    }
    if (changes.has(MODEL)) {
      edit.model(VmNicModel.of(changes.required(MODEL).textValue()));
    }
    if (changes.has(ENABLED)) {
      edit.enabled(changes.required(ENABLED).booleanValue());
    }
    if (changes.has(MIRROR)) {
      edit.mirror(changes.required(MIRROR).booleanValue());
    }
    if (!edit.values().isEmpty()) {
      transaction.update(changes.required(NIC).textValue(), edit);
    }
  }

  /// Nobody keeps the address for this NIC between the decision and now.
  private static void refuseMacTakenMeanwhile(Transaction transaction, JsonNode changes) {
    if (!changes.has(MAC)) {
      return;
    }
    var mac = changes.required(MAC).textValue();
    if (!Networks.isFree(transaction, mac, changes.required(NIC).textValue())) {
      throw new TaskFailedException(
          "VM_NIC_DUPLICATED_MAC",
          "mac_address: another NIC has been given %s meanwhile".formatted(mac));
    }
  }
}

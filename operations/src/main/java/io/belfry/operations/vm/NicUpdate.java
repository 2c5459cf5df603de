package io.belfry.operations.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.belfry.hypervisor.Device;
import io.belfry.hypervisor.MacAddress;
import io.belfry.hypervisor.NetworkId;
import io.belfry.operations.device.Definitions;
import io.belfry.operations.device.Networks;
import io.belfry.operations.input.Params;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicRow;
import io.belfry.store.rows.VmRow;
import io.belfry.tasks.TaskFailedException;
import io.belfry.tasks.TaskWork.Recording;
import java.util.List;

/// Changes NICs of a VM, in the hypervisor and then in their rows.
final class NicUpdate {
  private static final String NICS = "nics";
  private static final String NIC = "nic";
  private static final String VLAN = "vlan";
  private static final String MAC = "mac";
  private static final String MODEL = "model";
  private static final String ENABLED = "enabled";
  private static final String MIRROR = "mirror";

  private NicUpdate() {}

  /// What a task must know to change NICs of a VM as a request says.
  static ObjectNode payload(Networks networks, VmRow vm, List<VmNicRow> nics, Params data) {
    var changes = JsonNodeFactory.instance.arrayNode();
    nics.forEach(nic -> changes.add(change(networks, vm, nic, data)));
    return Payloads.empty().<ObjectNode>set(NICS, changes);
  }

  private static ObjectNode change(Networks networks, VmRow vm, VmNicRow nic, Params data) {
    var change = Payloads.empty().put(NIC, nic.id());
    networks.vlan(data, VmRules.cluster(vm)).ifPresent(vlan -> change.put(VLAN, vlan.id()));
    data.optionalText("mac_address")
        .filter(given -> !given.isEmpty())
        .ifPresent(given -> change.put(MAC, networks.freeMac(data, given, nic.id())));
    data.optionalText("model").ifPresent(model -> change.put(MODEL, model));
    data.optionalFlag("enabled").ifPresent(enabled -> change.put(ENABLED, enabled));
    data.optionalFlag("mirror").ifPresent(mirror -> change.put(MIRROR, mirror));
    return change;
  }

  static Recording act(VmTask task) throws InterruptedException {
    var changes = task.payload().path(NICS);
    for (var change : changes) {
      task.driver().update(task.vm(), changed(task, change));
    }
    return task.recordSeen(task.observe())
        .then(transaction -> changes.forEach(change -> record(transaction, change)));
  }

  private static Device.Nic changed(VmTask task, JsonNode change) {
    return task.tools()
        .store()
        .read(transaction -> {
          var row = transaction.find(VmNicRow.TYPE, change.required(NIC).textValue()).orElseThrow();
          return changed(transaction, new Definitions(transaction).nic(row), change);
        });
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

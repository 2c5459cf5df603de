package io.belfry.operations.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicType;
import java.util.ArrayList;
import java.util.List;

/// Writes the rows of NICs that a request adds to one VM.
public final class NewNics {
  private static final int LIMIT = 16;

  private final Decision decision;
  private final Networks networks;
  private final String clusterId;
  private final String vmId;
  private final List<String> ids = new ArrayList<>();
  private final List<String> localIds = new ArrayList<>();
  private int nextOrder;

  /// @param firstOrder how many NICs the VM has
  public NewNics(
      Decision decision, Networks networks, String clusterId, String vmId, int firstOrder) {
    this.decision = decision;
    this.networks = networks;
    this.clusterId = clusterId;
    this.vmId = vmId;
    this.nextOrder = firstOrder;
  }

  /// The ids of the NICs written so far, in order.
  public List<String> ids() {
    return List.copyOf(ids);
  }

  /// The ids in the hypervisor of the NICs written so far, in order.
  public List<String> localIds() {
    return List.copyOf(localIds);
  }

  /// A NIC as a request describes it.
  public void add(Params nic) {
    refuseUnbuilt(nic, "vpc_nic");
    refuseUnbuilt(nic, "nic_id");
    refuseUnbuilt(nic, "qos");
    var vlan =
        networks
            .vlan(nic, clusterId)
            .orElseThrow(() ->
                nic.refused(
                    ProblemCode.MISSING_FIELD,
                    "connect_vlan_id",
                    nic.path() + ".connect_vlan_id is required: the id of a VLAN"));
    var model = nic.optionalText("model").map(VmNicModel::of).orElse(VmNicModel.VIRTIO);
    var mac =
        nic.optionalText("mac_address")
            .filter(given -> !given.isEmpty())
            .map(given -> networks.freeMac(nic, given, ""))
            .orElseGet(networks::newMac);
    add(vlan, model, mac, nic.flag("enabled", true), nic.flag("mirror", false));
  }

  /// An address that no NIC has.
  public String newMac() {
    return networks.newMac();
  }

  /// A NIC on a VLAN.
  public void add(VlanRow vlan, VmNicModel model, String mac, boolean enabled, boolean mirror) {
    var id = decision.tools().ids().cuid();
    var localId = decision.tools().ids().uuid();
    var none = JsonNodeFactory.instance.arrayNode();
    decision
        .transaction()
        .insert(
            VmNicEdit.edit()
                .id(id)
                .localId(localId)
                .vmId(vmId)
                .vlanId(vlan.id())
                .type(VmNicType.VLAN)
                .model(model)
                .macAddress(mac)
                .enabled(enabled)
                .mirror(mirror)
                .order(nextOrder++)
                .guestInfoIpAddresses(none)
                .guestInfoIpAddressesV6(none));
    ids.add(id);
    localIds.add(localId);
    if (nextOrder > LIMIT) {
      throw new Problem(ProblemCode.OUT_OF_RANGE, "a VM can have at most %s NICs".formatted(LIMIT))
          .asException();
    }
  }

  /// Refuses a parameter that the API has and Belfry doesn't do anything with yet.
  public static void refuseUnbuilt(Params params, String key) {
    if (params.json().hasNonNull(key) && !params.json().path(key).asText("-").isEmpty()) {
      throw params.refused(
          ProblemCode.NOT_BUILT, key, "%s.%s is not built yet".formatted(params.path(), key));
    }
  }
}

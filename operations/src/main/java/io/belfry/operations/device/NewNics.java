package io.belfry.operations.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanRow;
import io.belfry.store.rows.VmNicEdit;
import io.belfry.store.rows.VmNicModel;
import io.belfry.store.rows.VmNicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes the rows of NICs that a request adds to one VM.
public final class NewNics {
  private static final int LIMIT = 16;
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  private final Decision decision;
  private final String clusterId;
  private final String vmId;
  private final List<String> ids = new ArrayList<>();
  private final List<String> localIds = new ArrayList<>();
  private int nextOrder;

  /// @param firstOrder how many NICs the VM has
  public NewNics(Decision decision, String clusterId, String vmId, int firstOrder) {
    this.decision = decision;
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
        vlan(decision, nic, clusterId)
            .orElseThrow(() ->
                nic.refused(
                    ProblemCode.MISSING_FIELD,
                    "connect_vlan_id",
                    nic.path() + ".connect_vlan_id is required: the id of a VLAN"));
    var model = nic.optionalText("model").map(VmNicModel::of).orElse(VmNicModel.VIRTIO);
    var mac =
        nic.optionalText("mac_address")
            .filter(given -> !given.isEmpty())
            .map(given -> freeMac(decision, nic, given, ""))
            .orElseGet(this::newMac);
    add(vlan, model, mac, nic.flag("enabled", true), nic.flag("mirror", false));
  }

  /// A NIC on a VLAN with a new address.
  public void add(VlanRow vlan, VmNicModel model, boolean enabled, boolean mirror) {
    add(vlan, model, newMac(), enabled, mirror);
  }

  private void add(VlanRow vlan, VmNicModel model, String mac, boolean enabled, boolean mirror) {
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
      throw new Problem(ProblemCode.OUT_OF_RANGE, "a VM can have at most %d NICs".formatted(LIMIT))
          .asException();
    }
  }

  /// The VLAN that a request connects a NIC to, if it names one.
  ///
  /// @throws io.belfry.problem.ProblemException if it doesn't exist or is in another cluster
  public static Optional<VlanRow> vlan(Decision decision, Params nic, String clusterId) {
    return nic.optionalText("connect_vlan_id")
        .filter(id -> !id.isEmpty())
        .map(id -> {
          var parameter = nic.path() + ".connect_vlan_id";
          var vlan = decision.require(VlanRow.TYPE, id, parameter);
          var vds = decision.transaction().find(VdsRow.TYPE, vlan.vdsId()).orElseThrow();
          if (!vds.clusterId().equals(clusterId)) {
            throw nic.refused(
                ProblemCode.PRECONDITION,
                "connect_vlan_id",
                "%s: VLAN %s is in another cluster than the VM".formatted(parameter, vlan.name()));
          }
          return vlan;
        });
  }

  /// An address that a request gives, if it is well formed and no other NIC has it.
  ///
  /// @param exceptId the NIC that may have it already
  public static String freeMac(Decision decision, Params nic, String given, String exceptId) {
    var mac = given.toLowerCase(Locale.ROOT);
    if (!MAC.matcher(mac).matches()) {
      throw nic.refused(
          ProblemCode.OUT_OF_RANGE,
          "mac_address",
          "%s.mac_address must look like 52:54:00:12:34:56, not %s".formatted(nic.path(), given));
    }
    if (!isFree(decision.transaction(), mac, exceptId)) {
      throw nic.refused(
          ProblemCode.DUPLICATE,
          "mac_address",
          "%s.mac_address: another NIC has %s".formatted(nic.path(), given));
    }
    return mac;
  }

  /// Whether no other NIC has an address; keeps others from taking it before the end of the
  /// transaction.
  ///
  /// @param exceptId the NIC that may have it already
  public static boolean isFree(Transaction transaction, String mac, String exceptId) {
    transaction.query(
        "SELECT pg_advisory_xact_lock(hashtextextended('mac ' || ?, 0))::text",
        List.of(mac),
        _ -> "");
    return !isTaken(transaction, mac, exceptId);
  }

  /// Refuses a parameter that the API has and Belfry doesn't do anything with yet.
  public static void refuseUnbuilt(Params params, String key) {
    if (params.json().hasNonNull(key) && !params.json().path(key).asText("-").isEmpty()) {
      throw params.refused(
          ProblemCode.NOT_BUILT, key, "%s.%s is not built yet".formatted(params.path(), key));
    }
  }

  private String newMac() {
    while (true) {
      var digits = decision.tools().ids().uuid();
      var mac =
          "52:54:00:%s:%s:%s"
              .formatted(digits.substring(0, 2), digits.substring(2, 4), digits.substring(4, 6));
      if (isFree(decision.transaction(), mac, "")) {
        return mac;
      }
    }
  }

  private static boolean isTaken(Transaction transaction, String mac, String exceptId) {
    return !transaction
        .query(
            "SELECT id FROM tower.vm_nic WHERE mac_address = ? AND id <> ? LIMIT 1",
            List.of(mac, exceptId),
            row -> row.text(1))
        .isEmpty();
  }
}

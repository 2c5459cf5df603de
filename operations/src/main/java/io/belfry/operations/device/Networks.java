package io.belfry.operations.device;

import io.belfry.operations.Decision;
import io.belfry.operations.input.Params;
import io.belfry.problem.ProblemCode;
import io.belfry.store.Transaction;
import io.belfry.store.rows.VdsRow;
import io.belfry.store.rows.VlanRow;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;

/// The VLANs that a request connects NICs to, and the addresses that it gives them. One for each
/// decision.
public final class Networks {
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final int LARGEST_STOCK = 64;

  private final Decision decision;
  private final Map<String, Place> places = new HashMap<>();
  private final Queue<String> freeMacs = new ArrayDeque<>();
  private final Set<String> givenMacs = new HashSet<>();
  private int stock = 1;

  public Networks(Decision decision) {
    this.decision = decision;
  }

  /// A VLAN and the cluster that it is in.
  private record Place(VlanRow vlan, String clusterId) {}

  /// The VLAN that a request connects a NIC to, if it names one.
  ///
  /// @throws io.belfry.problem.ProblemException if it doesn't exist or is in another cluster
  public Optional<VlanRow> vlan(Params nic, String clusterId) {
    return nic.optionalText("connect_vlan_id")
        .filter(id -> !id.isEmpty())
        .map(id -> {
          var parameter = nic.path() + ".connect_vlan_id";
          var place = places.computeIfAbsent(id, _ -> place(id, parameter));
          if (!place.clusterId.equals(clusterId)) {
            throw nic.refused(
                ProblemCode.PRECONDITION,
                "connect_vlan_id",
                "%s: VLAN %s is in another cluster than the VM"
                    .formatted(parameter, place.vlan.name()));
          }
          return place.vlan;
        });
  }

  private Place place(String id, String parameter) {
    var vlan = decision.require(VlanRow.TYPE, id, parameter);
    var vds = decision.transaction().find(VdsRow.TYPE, vlan.vdsId()).orElseThrow();
    return new Place(vlan, vds.clusterId());
  }

  /// An address that a request gives, if it is well formed and no other NIC has it.
  ///
  /// @param exceptId the NIC that may have it already
  public String freeMac(Params nic, String given, String exceptId) {
    var mac = given.toLowerCase(Locale.ROOT);
    if (!MAC.matcher(mac).matches()) {
      throw nic.refused(
          ProblemCode.OUT_OF_RANGE,
          "mac_address",
          "%s.mac_address must look like 52:54:00:12:34:56, not %s".formatted(nic.path(), given));
    }
    if (!isFree(decision.transaction(), mac, exceptId) || !givenMacs.add(mac)) {
      throw nic.refused(
          ProblemCode.DUPLICATE,
          "mac_address",
          "%s.mac_address: another NIC has %s".formatted(nic.path(), given));
    }
    return mac;
  }

  /// An address that a NIC had, if no other has been given it since; else a new one.
  public String formerMac(String mac) {
    return !mac.isEmpty() && isFree(decision.transaction(), mac, "") && givenMacs.add(mac)
        ? mac
        : newMac();
  }

  /// An address that no NIC has. They are looked for in stock: the more are needed, the more at
  /// once.
  public String newMac() {
    while (true) {
      var mac = freeMacs.poll();
      if (mac == null) {
        restock();
      } else if (givenMacs.add(mac)) {
        return mac;
      }
    }
  }

  private void restock() {
    var macs = new HashSet<String>();
    while (macs.size() < stock) {
      macs.add(randomMac());
    }
    macs.removeAll(taken(decision.transaction(), macs, ""));
    freeMacs.addAll(macs);
    stock = Math.min(2 * stock, LARGEST_STOCK);
  }

  private String randomMac() {
    var digits = decision.tools().ids().uuid();
    return "52:54:00:%s:%s:%s"
        .formatted(digits.substring(0, 2), digits.substring(2, 4), digits.substring(4, 6));
  }

  /// Whether no other NIC has an address; keeps others from taking it before the end of the
  /// transaction.
  ///
  /// @param exceptId the NIC that may have it already
  public static boolean isFree(Transaction transaction, String mac, String exceptId) {
    return taken(transaction, List.of(mac), exceptId).isEmpty();
  }

  private static List<String> taken(
      Transaction transaction, Collection<String> macs, String exceptId) {
    transaction.exclude(macs.stream().map("mac "::concat).toList());
    return transaction.query(
        "SELECT mac_address FROM tower.vm_nic WHERE mac_address = ANY (?) AND id <> ?",
        List.of(macs, exceptId),
        row -> row.text(1));
  }
}

package io.belfry.datacenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How big the simulated data centre is.
///
/// All else follows from the number of VMs: seven of ten VMs live in ELF clusters, the others in
/// VMware ones. A cluster takes up to 1,200 VMs on as many hosts as make 30 VMs a host, though
/// never fewer than four (VMware: three), with a datastore of its own; one cluster only stores.
///
/// @param vms how many VMs, 1 to 100,000
public record SimulationSize(int vms) {
  /// A few clusters to look around in.
  public static final SimulationSize SMALL = new SimulationSize(100);

  public static final SimulationSize MEDIUM = new SimulationSize(2_000);
  public static final SimulationSize LARGE = new SimulationSize(20_000);

  private static final int LIMIT = 100_000;
  private static final Pattern COUNTED = Pattern.compile("([0-9]{1,9})-vms");

  private static final int VMS_PER_CLUSTER = 1_200;
  private static final int VMS_PER_HOST = 30;
  private static final int STORAGE_HOSTS = 3;

  public SimulationSize {
    if (vms < 1 || vms > LIMIT) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "vms must be 1 to %,d: %,d", LIMIT, vms));
    }
  }

  /// Reads `small`, `medium`, `large` or `5000-vms`.
  ///
  /// @throws IllegalArgumentException saying what would be right, for anything else
  public static SimulationSize parse(String text) {
    return switch (text) {
      case "small" -> SMALL;
      case "medium" -> MEDIUM;
      case "large" -> LARGE;
      default -> {
        var counted = COUNTED.matcher(text);
        if (!counted.matches()) {
          throw new IllegalArgumentException(
              "the size must be small, medium, large or a number of VMs like 5000-vms: " + text);
        }
        yield new SimulationSize(Integer.parseInt(counted.group(1)));
      }
    };
  }

  /// The clusters, by number.
  List<ClusterPlan> clusters() {
    var vmwareVms = vms * 3 / 10;
    var elf = shares(vms - vmwareVms);
    var vmware = shares(vmwareVms);
    var plans = new ArrayList<ClusterPlan>();
    add(plans, ClusterKind.ELF, elf.getFirst());
    add(plans, ClusterKind.VMWARE, vmware.getFirst());
    plans.add(new ClusterPlan(plans.size() + 1, ClusterKind.STORAGE, STORAGE_HOSTS, 0));
    elf.stream().skip(1).forEach(share -> add(plans, ClusterKind.ELF, share));
    vmware.stream().skip(1).forEach(share -> add(plans, ClusterKind.VMWARE, share));
    return List.copyOf(plans);
  }

  private static void add(List<ClusterPlan> plans, ClusterKind kind, int vms) {
    var hosts = Math.max(kind.fewestHosts(), Math.ceilDiv(vms, VMS_PER_HOST));
    plans.add(new ClusterPlan(plans.size() + 1, kind, hosts, vms));
  }

  /// Spreads VMs evenly over as few clusters as can take them.
  private static List<Integer> shares(int vms) {
    var clusters = Math.max(1, Math.ceilDiv(vms, VMS_PER_CLUSTER));
    var shares = new ArrayList<Integer>();
    for (var i = 0; i < clusters; i++) {
      shares.add(Math.toIntExact((long) vms * (i + 1) / clusters - (long) vms * i / clusters));
    }
    return shares;
  }
}

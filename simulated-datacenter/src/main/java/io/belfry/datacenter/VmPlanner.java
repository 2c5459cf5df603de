package io.belfry.datacenter;

import static io.belfry.datacenter.Bytes.GIB;

import io.belfry.datacenter.VmPlan.Disk;
import io.belfry.datacenter.VmPlan.Guest;
import io.belfry.datacenter.VmPlan.Hardware;
import io.belfry.datacenter.VmPlan.Policy;
import io.belfry.datacenter.VmPlan.State;
import io.belfry.store.rows.VmStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Thinks up VMs. No two have the same name, and no host gets more running and suspended ones than
/// its memory takes.
final class VmPlanner {
  /// Of twenty VMs in a row: every state is there, however few VMs there are.
  private static final int CYCLE = 20;

  private static final List<Integer> STOPPED = List.of(4, 9, 15);
  private static final int SUSPENDED = 12;
  private static final int RECYCLED = 18;

  /// Of forty VMs in a row.
  private static final int WITHOUT_SYSTEM = 23;

  private static final List<Integer> WITHOUT_TOOLS = List.of(6, 27, 33);

  /// How many VMs a host has that stopped to answer.
  private static final int LOST_VMS = 2;

  private final Construction construction;
  private final Map<String, Integer> numbers = new HashMap<>();

  VmPlanner(Construction construction) {
    this.construction = construction;
  }

  /// The VMs of a cluster.
  List<VmPlan> plan(ClusterPlan cluster) {
    var memory = new HostMemory(cluster);
    var plans = new ArrayList<VmPlan>();
    for (var index = 0; index < cluster.vms(); index++) {
      plans.add(plan(index, memory, cluster.vms() - index <= LOST_VMS));
    }
    return plans;
  }

  private VmPlan plan(int index, HostMemory memory, boolean last) {
    var workload = workload();
    var name = workload.vmName(numbers.merge(workload.word(), 1, Integer::sum));
    var guest = guest(workload, index);
    var hardware = hardware(workload, guest);
    if (last && memory.lostHost() >= 0) {
      var state = new State(VmStatus.UNKNOWN, false, 0, 0);
      return new VmPlan(name, workload, guest, hardware, state, memory.lostHost());
    }
    var status = status(index, guest);
    var host = memory.freest();
    if (status != VmStatus.STOPPED && !memory.take(host, hardware.memoryBytes())) {
      status = VmStatus.STOPPED;
    }
    var state = state(status, index % CYCLE == RECYCLED, guest);
    return new VmPlan(name, workload, guest, hardware, state, host);
  }

  /// The first VMs have one workload each, so that none is missing; then chance decides.
  private Workload workload() {
    if (numbers.size() < Workload.ALL.size()) {
      return Workload.ALL.get(numbers.size());
    }
    var draw = construction.random().nextInt(100);
    for (var workload : Workload.ALL) {
      draw -= workload.weight();
      if (draw < 0) {
        return workload;
      }
    }
    throw new IllegalStateException("the weights of all workloads must be 100 together");
  }

  private Guest guest(Workload workload, int index) {
    var place = index % (2 * CYCLE);
    if (place == WITHOUT_SYSTEM) {
      return new Guest(null, false);
    }
    return new Guest(construction.anyOf(workload.systems()), !WITHOUT_TOOLS.contains(place));
  }

  private static VmStatus status(int index, Guest guest) {
    var place = index % CYCLE;
    if (STOPPED.contains(place) || place == RECYCLED) {
      return VmStatus.STOPPED;
    }
    return place == SUSPENDED && guest.system() != null ? VmStatus.SUSPENDED : VmStatus.RUNNING;
  }

  private State state(VmStatus status, boolean recycled, Guest guest) {
    if (status != VmStatus.RUNNING) {
      return new State(status, recycled, 0, 0);
    }
    if (guest.system() == null) {
      return new State(status, false, 0.5, 1);
    }
    return new State(
        status,
        false,
        Percent.rounded(construction.between(2, 55)),
        Percent.rounded(construction.between(25, 80)));
  }

  private Hardware hardware(Workload workload, Guest guest) {
    var shape = workload.shape();
    var factor = construction.anyOf(List.of(1, 1, 1, 2));
    var windows = guest.system() != null && guest.system().isWindows();
    var sockets = windows ? 2 : 1;
    var disks = new ArrayList<Disk>();
    disks.add(disk(shape.systemGib(), Policy.USUAL, guest.system() == null ? 0 : 0.15));
    if (shape.dataGib() > 0) {
      var policy =
          construction.anyOf(List.of(Policy.USUAL, Policy.USUAL, Policy.SAFE, Policy.THICK));
      disks.add(disk(shape.dataGib(), policy, 0.3));
    }
    return new Hardware(
        sockets,
        shape.vcpu() * factor / sockets,
        shape.memoryGib() * factor * GIB,
        disks,
        construction.random().nextInt(8) == 0 ? 2 : 1);
  }

  /// @param filled the part of it that is used at least; 0 for nothing at all
  private Disk disk(int gib, Policy policy, double filled) {
    var part = filled == 0 ? 0 : construction.between(filled, filled + 0.4);
    return new Disk(gib * GIB, Math.round(gib * part) * GIB, policy);
  }

  /// What each host of a cluster has left. The last host of a VMware cluster does not answer.
  private static final class HostMemory {
    private final long[] freeBytes;
    private final boolean lost;

    HostMemory(ClusterPlan cluster) {
      freeBytes = new long[cluster.hosts()];
      Arrays.fill(freeBytes, cluster.kind().hostModel().memoryForVms());
      lost = cluster.hasLostHost();
    }

    /// The host that does not answer; -1 where there is none.
    int lostHost() {
      return lost ? freeBytes.length - 1 : -1;
    }

    int freest() {
      var best = 0;
      for (var host = 1; host < freeBytes.length; host++) {
        if (freeBytes[host] > freeBytes[best] && host != lostHost()) {
          best = host;
        }
      }
      return best;
    }

    boolean take(int host, long bytes) {
      if (freeBytes[host] < bytes) {
        return false;
      }
      freeBytes[host] -= bytes;
      return true;
    }
  }
}

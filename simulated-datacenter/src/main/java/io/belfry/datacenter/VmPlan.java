package io.belfry.datacenter;

import io.belfry.store.rows.VmStatus;
import io.belfry.store.rows.VmVolumeElfStoragePolicyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a VM shall be.
///
/// @param name of a VM in the recycle bin its original one
/// @param host counts the hosts of its cluster from 0
record VmPlan(
    String name, Workload workload, Guest guest, Hardware hardware, State state, int host) {

  /// What is installed.
  ///
  /// @param system null when nothing is, and then there are no tools either
  record Guest(@Nullable GuestSystem system, boolean tools) {}

  /// @param nics on the cluster's first networks, one each
  record Hardware(int sockets, int coresPerSocket, long memoryBytes, List<Disk> disks, int nics) {
    Hardware {
      disks = List.copyOf(disks);
    }

    int vcpu() {
      return sockets * coresPerSocket;
    }
  }

  /// @param contentBytes what is written on it
  record Disk(long sizeBytes, long contentBytes, Policy policy) {
    private static final double GUEST_SHARE = 0.92;

    /// What it takes, without redundancy.
    long usedBytes() {
      return policy.thin() ? contentBytes : sizeBytes;
    }

    /// What the guest's file systems on it hold.
    long guestUsedBytes() {
      return (long) (contentBytes * GUEST_SHARE);
    }

    /// What it takes from its cluster.
    long storedBytes() {
      return usedBytes() * policy.replicas();
    }
  }

  /// How a volume is kept.
  record Policy(VmVolumeElfStoragePolicyType type, int replicas, boolean thin) {
    static final Policy USUAL =
        new Policy(VmVolumeElfStoragePolicyType.REPLICA_2_THIN_PROVISION, 2, true);
    static final Policy THICK =
        new Policy(VmVolumeElfStoragePolicyType.REPLICA_2_THICK_PROVISION, 2, false);
    static final Policy SAFE =
        new Policy(VmVolumeElfStoragePolicyType.REPLICA_3_THIN_PROVISION, 3, true);
    static final Policy SAFE_THICK =
        new Policy(VmVolumeElfStoragePolicyType.REPLICA_3_THICK_PROVISION, 3, false);
    static final List<Policy> ALL = List.of(USUAL, THICK, SAFE, SAFE_THICK);
  }

  /// @param cpuPercent how busy it is; 0 unless it runs
  /// @param memoryPercent how much of its memory it uses; 0 unless it runs
  record State(VmStatus status, boolean recycled, double cpuPercent, double memoryPercent) {
    boolean isRunning() {
      return status == VmStatus.RUNNING;
    }

    /// Whether it takes memory from its host.
    boolean holdsMemory() {
      return isRunning() || status == VmStatus.SUSPENDED;
    }
  }

  /// Whether guest tools tell what goes on inside.
  boolean tells() {
    return state.isRunning() && guest.tools();
  }
}

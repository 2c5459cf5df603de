package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.UsageHistory.Quantity;
import java.util.function.LongToDoubleFunction;

/// How much goes through disks and network cards at any time. What each is called decides what is
/// usual for it; quantities of one thing rise and fall together.
final class Traffic {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final int MICROSECOND = 1_000;

  /// The part of what is usual for a card that the other direction has at most.
  private static final double SMALLER_DIRECTION = 0.6;

  private final Activity activity;

  Traffic(Activity activity) {
    this.activity = activity;
  }

  /// Of what is there and does nothing.
  static LongToDoubleFunction none() {
    return _ -> 0;
  }

  /// What a VM does with a disk.
  LongToDoubleFunction ofDisk(String name, Quantity quantity) {
    return ofDisk(name, 8, 400, quantity);
  }

  /// What a host does with one of its disks, for many VMs.
  LongToDoubleFunction ofHostDisk(String name, Quantity quantity) {
    return ofDisk(name, 40, 900, quantity);
  }

  private LongToDoubleFunction ofDisk(String name, double least, double most, Quantity quantity) {
    var operations = activity.usual(name, least, most);
    var reads = operations * activity.usual(name + "reads", 0.3, 0.7);
    var bytes = activity.usual(name + "block", 6 * KIB, 64 * KIB);
    return switch (quantity) {
      case READS -> times(reads, name);
      case WRITES -> times(operations - reads, name);
      case READ_BYTES -> times(reads * bytes, name);
      case WRITTEN_BYTES -> times((operations - reads) * bytes, name);
      case READ_NANOS -> times(activity.usual(name + "read", 150, 900) * MICROSECOND, name);
      case WRITE_NANOS -> times(activity.usual(name + "write", 200, 1_200) * MICROSECOND, name);
      case CPU_PERCENT, MEMORY_PERCENT, RECEIVED_BYTES, SENT_BYTES -> _ -> Double.NaN;
    };
  }

  /// What goes through a NIC of a VM.
  LongToDoubleFunction ofNic(String name, Quantity quantity) {
    return ofNic(name, 20 * KIB, 4 * MIB, quantity);
  }

  /// What goes through a port of a host, for many VMs.
  LongToDoubleFunction ofHostNic(String name, Quantity quantity) {
    return ofNic(name, MIB, 80 * MIB, quantity);
  }

  private LongToDoubleFunction ofNic(String name, double least, double most, Quantity quantity) {
    var received = activity.usual(name, least, most);
    return switch (quantity) {
      case RECEIVED_BYTES -> times(received, name);
      case SENT_BYTES ->
          times(received * activity.usual(name + "sent", 0.1, SMALLER_DIRECTION), name);
      case CPU_PERCENT,
          MEMORY_PERCENT,
          READS,
          WRITES,
          READ_BYTES,
          WRITTEN_BYTES,
          READ_NANOS,
          WRITE_NANOS ->
          _ -> Double.NaN;
    };
  }

  private LongToDoubleFunction times(double usual, String name) {
    var bustle = activity.bustle(name);
    return millis -> Math.round(100 * usual * bustle.applyAsDouble(millis)) / 100.0;
  }
}

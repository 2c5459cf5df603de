package io.belfry.datacenter;

import java.util.Locale;
import java.util.random.RandomGenerator;

/// Hardware addresses, no two alike: all 2²⁴ of a prefix in an order that looks random.
final class MacAddresses {
  private static final String VM_PREFIX = "52:54:00";
  private static final String NIC_PREFIX = "b8:59:9f";
  private static final int ALL = 0xff_ff_ff;

  /// Odd, so that every number is reached before one comes again.
  private static final int STEP = 0x9e_37_79;

  private int number;

  MacAddresses(RandomGenerator random) {
    this.number = random.nextInt(ALL);
  }

  /// For the NIC of a VM.
  String ofVm() {
    return next(VM_PREFIX);
  }

  /// For the NIC of a host.
  String ofHost() {
    return next(NIC_PREFIX);
  }

  private String next(String prefix) {
    number = (number + STEP) & ALL;
    return String.format(
        Locale.ROOT, "%s:%02x:%02x:%02x", prefix, number >> 16, number >> 8 & 0xff, number & 0xff);
  }
}

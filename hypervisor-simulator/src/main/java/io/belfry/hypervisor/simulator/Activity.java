package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.UsageSeen;

/// How busy things are: smooth noise that depends on the seed, the object and the time only, so
/// that it looks alive, can be asked for any moment, and is the same after a restart.
final class Activity {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final long seed;

  Activity(long seed) {
    this.seed = seed;
  }

  /// The usage of a VM that runs a guest.
  UsageSeen ofGuest(Id vm, long nowMillis) {
    var hash = hash(seed, vm);
    var usual = 4 + 30 * unit(hash);
    var cpu =
        usual
            + 25 * wave(hash + 1, 20 * MINUTE, nowMillis) * wave(hash + 2, 6 * HOUR, nowMillis)
            + 6 * wave(hash + 3, MINUTE, nowMillis);
    var memory = 30 + 35 * unit(hash + 4) + 20 * wave(hash + 5, 2 * HOUR, nowMillis);
    return new UsageSeen(rounded(cpu), rounded(memory));
  }

  /// The usage of a VM whose firmware found nothing to boot.
  UsageSeen ofFirmware(Id vm, long nowMillis) {
    return new UsageSeen(rounded(0.5 + wave(hash(seed, vm), MINUTE, nowMillis)), 1);
  }

  /// The part of a volume's content that the guest's file systems count, 0.85 to 1.
  double guestShare(Id volume, long nowMillis) {
    return 0.85 + 0.15 * wave(hash(seed, volume), 3 * HOUR, nowMillis);
  }

  /// The part of some content that has been written anew after so long, 0 to 1.
  double rewritten(Id volume, long elapsedMillis) {
    var perDay = 0.01 + 0.04 * unit(hash(seed, volume) + 1);
    return -Math.expm1(-perDay * Math.max(0, elapsedMillis) / DAY);
  }

  /// Spreads what an object is called over all longs.
  static long hash(long seed, Id id) {
    return hash(seed, id.value());
  }

  static long hash(long seed, String text) {
    var hash = seed;
    for (var i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /// Noise from 0 to 1 that needs about one period to change: random values at the periods' ends,
  /// smoothly joined.
  private static double wave(long hash, long periodMillis, long atMillis) {
    var period = Math.floorDiv(atMillis, periodMillis);
    var within = (double) Math.floorMod(atMillis, periodMillis) / periodMillis;
    var smooth = within * within * (3 - 2 * within);
    var from = unit(hash ^ mixed(period));
    var to = unit(hash ^ mixed(period + 1));
    return from + (to - from) * smooth;
  }

  private static double unit(long hash) {
    return (mixed(hash) >>> 11) * 0x1p-53;
  }

  /// The finalizer of SplitMix64.
  private static long mixed(long value) {
    var mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static double rounded(double percent) {
    return Math.round(percent * 100) / 100.0;
  }
}

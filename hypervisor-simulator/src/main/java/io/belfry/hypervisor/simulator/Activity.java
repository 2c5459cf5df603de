package io.belfry.hypervisor.simulator;

import io.belfry.hypervisor.Id;
import io.belfry.hypervisor.UsageSeen;
import java.util.function.LongToDoubleFunction;

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
    return new UsageSeen(
        cpuOfGuest(vm).applyAsDouble(nowMillis), memoryOfGuest(vm).applyAsDouble(nowMillis));
  }

  /// Its CPU usage at any time, in percent.
  LongToDoubleFunction cpuOfGuest(Id vm) {
    var hash = hash(seed, vm);
    var usual = 4 + 30 * unit(hash);
    return millis ->
        rounded(
            usual
                + 25 * wave(hash + 1, 20 * MINUTE, millis) * wave(hash + 2, 6 * HOUR, millis)
                + 6 * wave(hash + 3, MINUTE, millis));
  }

  /// Its memory usage at any time, in percent.
  LongToDoubleFunction memoryOfGuest(Id vm) {
    var hash = hash(seed, vm);
    var usual = 30 + 35 * unit(hash + 4);
    return millis -> rounded(usual + 20 * wave(hash + 5, 2 * HOUR, millis));
  }

  /// The usage of a VM whose firmware found nothing to boot.
  UsageSeen ofFirmware(Id vm, long nowMillis) {
    return new UsageSeen(
        cpuOfFirmware(vm).applyAsDouble(nowMillis), memoryOfFirmware().applyAsDouble(nowMillis));
  }

  LongToDoubleFunction cpuOfFirmware(Id vm) {
    var hash = hash(seed, vm);
    return millis -> rounded(0.5 + wave(hash, MINUTE, millis));
  }

  LongToDoubleFunction memoryOfFirmware() {
    return _ -> 1;
  }

  /// A traffic of somebody's, as a factor around 1 of what is usual for it.
  ///
  /// @param of what is busy, such as a disk of a VM
  LongToDoubleFunction bustle(String of) {
    var hash = hash(seed, of);
    return millis ->
        0.3
            + 1.8 * wave(hash + 1, 20 * MINUTE, millis) * wave(hash + 2, 6 * HOUR, millis)
            + 0.5 * wave(hash + 3, MINUTE, millis);
  }

  /// What is usual for somebody: between two numbers, of which the lower ones are more common.
  double usual(String of, double least, double most) {
    return least * Math.pow(most / least, unit(hash(seed, of)));
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

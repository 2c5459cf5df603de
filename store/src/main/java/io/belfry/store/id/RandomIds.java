package io.belfry.store.id;

import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Ids from a clock and a random generator; the same of both give the same ids.
///
/// A cuid is `c`, 8 digits of the time in milliseconds, 4 of a counter, 12 random ones, all in base
/// 36.
public final class RandomIds implements IdSource {
  private static final int BASE = 36;
  private static final int COUNTER_LIMIT = BASE * BASE * BASE * BASE;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final AtomicInteger counter = new AtomicInteger();

  /// @param random must be safe for use by several threads if this object is
  public RandomIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String cuid() {
    var count = counter.getAndUpdate(previous -> (previous + 1) % COUNTER_LIMIT);
    return "c" + digits(clock.millis(), 8) + digits(count, 4) + randomDigits(6) + randomDigits(6);
  }

  @Override
  public String uuid() {
    var high = (random.nextLong() & ~0xF000L) | 0x4000L;
    var low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low).toString();
  }

  private String randomDigits(int length) {
    return digits(random.nextLong(Math.round(Math.pow(BASE, length))), length);
  }

  /// The last `length` digits of a number, zeros in front where it has fewer.
  private static String digits(long number, int length) {
    var digits = "0".repeat(length) + Long.toString(number, BASE).toLowerCase(Locale.ROOT);
    return digits.substring(digits.length() - length);
  }
}

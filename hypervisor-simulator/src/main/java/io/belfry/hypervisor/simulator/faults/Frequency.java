package io.belfry.hypervisor.simulator.faults;

/// Which of the calls that a rule fits it strikes, by their number, counted from 1. All three
/// conditions must hold; the same seed strikes the same numbers.
///
/// @param first up to which number; [Long#MAX_VALUE] for no end
/// @param every every how many
/// @param probability above 0, at most 1
/// @param seed decides what looks random
public record Frequency(long first, long every, double probability, long seed) {
  public static final Frequency ALWAYS = new Frequency(Long.MAX_VALUE, 1, 1, 0);

  public Frequency {
    if (first < 1 || every < 1 || !(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "first and every must be positive, probability above 0 and at most 1: %s, %s, %s"
              .formatted(first, every, probability));
    }
  }

  /// Only the first so many.
  public static Frequency first(long count) {
    return new Frequency(count, 1, 1, 0);
  }

  /// Every so many.
  public static Frequency every(long count) {
    return new Frequency(Long.MAX_VALUE, count, 1, 0);
  }

  /// Some, by chance.
  public static Frequency sometimes(double probability, long seed) {
    return new Frequency(Long.MAX_VALUE, 1, probability, seed);
  }

  /// Whether the call with this number is struck.
  public boolean strikes(long number) {
    return number <= first
        && number % every == 0
        && (probability == 1 || Chance.of(seed, number) < probability);
  }
}

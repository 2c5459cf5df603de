package io.belfry.hypervisor;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// What was measured at some [Moments]: a number for each, or that nobody knows one. Immutable.
public final class Series {
  /// `NaN` where nobody knows.
  private final double[] values;

  private Series(double[] values) {
    this.values = values;
  }

  /// Numbers for so many moments.
  ///
  /// @param value by the moment's index; `NaN` where nobody knows
  public static Series of(int count, IntToDoubleFunction value) {
    return new Series(IntStream.range(0, count).mapToDouble(value).toArray());
  }

  /// Moments that nobody knows anything of.
  public static Series unknown(int count) {
    return of(count, _ -> Double.NaN);
  }

  public int size() {
    return values.length;
  }

  public boolean knows(int index) {
    return !Double.isNaN(values[index]);
  }

  /// Whether anything is known at all.
  public boolean knowsAny() {
    return IntStream.range(0, values.length).anyMatch(this::knows);
  }

  /// @return `NaN` where nobody knows
  public double at(int index) {
    return values[index];
  }

  /// All values so many times.
  public Series times(double factor) {
    return of(values.length, i -> values[i] * factor);
  }

  /// This and another, value by value, where both are known.
  public Series with(Series other, DoubleBinaryOperator combination) {
    return of(values.length, i -> combination.applyAsDouble(values[i], other.values[i]));
  }

  /// The sum with another; what only one of them knows counts as it is.
  public Series plus(Series other) {
    return of(
        values.length,
        i -> {
          if (!knows(i)) {
            return other.values[i];
          }
          return other.knows(i) ? values[i] + other.values[i] : values[i];
        });
  }

  /// The mean of what is known; `NaN` if that is nothing.
  public double mean() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
  }
}

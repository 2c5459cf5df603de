package io.belfry.schema;

import java.math.BigDecimal;

/// What a value of an input must keep to beyond its type.
///
/// @param length of a text, in characters; a text of blanks alone counts as empty
/// @param value of a number, in the field's own unit
/// @param items how many a list holds; the other two are then about each item
/// @param late whether a request that breaks them is accepted and its task fails
public record Limits(Range length, Range value, Range items, boolean late) {
  public static final Limits NONE = new Limits(Range.ANY, Range.ANY, Range.ANY, false);

  /// Whether nothing is limited.
  public boolean isNone() {
    return length.isAny() && value.isAny() && items.isAny();
  }

  /// What lies between two bounds, both included.
  public record Range(long least, long most) {
    public static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    public boolean hasLeast() {
      return least != Long.MIN_VALUE;
    }

    public boolean hasMost() {
      return most != Long.MAX_VALUE;
    }

    public boolean isAny() {
      return !hasLeast() && !hasMost();
    }

    public boolean contains(BigDecimal number) {
      return (!hasLeast() || number.compareTo(BigDecimal.valueOf(least)) >= 0)
          && (!hasMost() || number.compareTo(BigDecimal.valueOf(most)) <= 0);
    }

    public boolean contains(long number) {
      return least <= number && number <= most;
    }

    /// For messages and documents: `from 1 to 255`, `at least 1`, `at most 10`.
    @Override
    public String toString() {
      if (!hasMost()) {
        return "at least " + least;
      }
      return hasLeast() ? "from %s to %s".formatted(least, most) : "at most " + most;
    }
  }
}

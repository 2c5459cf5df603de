package io.belfry.sdk;

/// The answer of a counting operation such as `getVmsConnection`.
///
/// @param aggregate what was counted
public record Connection(Aggregate aggregate) {
  /// @param count how many objects match, whatever part of the list was asked for
  public record Aggregate(long count) {}

  /// How many objects match.
  public long count() {
    return aggregate.count();
  }
}

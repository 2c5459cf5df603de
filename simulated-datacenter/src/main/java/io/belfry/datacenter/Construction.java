package io.belfry.datacenter;

import io.belfry.store.id.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// What everything that makes rows works with: where the rows go, and where ids, times and chance
/// come from. All of it follows from the seed and the time.
///
/// @param past when the object that is being made was created
/// @param now when the data centre is first seen
record Construction(
    RowBatch rows,
    IdSource ids,
    RandomGenerator random,
    Past past,
    MacAddresses macs,
    Instant now) {

  <T> T anyOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// A number from `from` to `to`.
  double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}

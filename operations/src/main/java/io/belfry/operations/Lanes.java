package io.belfry.operations;

import io.belfry.tasks.Lane;
import java.util.Map;

/// What only some tasks may do at once, whatever their number: as on real clusters, live migrations
/// share a host's network, and copies the bandwidth of the storage.
public final class Lanes {
  private static final String MIGRATION = "migration";
  private static final String COPY = "copy";

  /// How many tasks may run in one lane of each kind.
  public static final Map<String, Integer> LIMITS = Map.of(MIGRATION, 4, COPY, 8);

  private Lanes() {}

  /// Live migrations from or to a host.
  public static Lane migration(String hostId) {
    return new Lane(MIGRATION, hostId);
  }

  /// Copies of whole volumes within a cluster.
  public static Lane copy(String clusterId) {
    return new Lane(COPY, clusterId);
  }
}

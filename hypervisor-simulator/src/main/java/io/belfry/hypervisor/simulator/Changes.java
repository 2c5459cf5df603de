package io.belfry.hypervisor.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which objects were changed in a turn, and what they were before it.
final class Changes {
  private final Map<ObjectKey, Change> before = new LinkedHashMap<>();

  /// Notes that an object is being replaced.
  ///
  /// @param state what it was until now; null when it did not exist
  void note(ObjectKey key, @Nullable WorldObject state) {
    before.putIfAbsent(key, new Change(key, state));
  }

  /// What would take everything back.
  Collection<Change> before() {
    return List.copyOf(before.values());
  }

  void forget() {
    before.clear();
  }
}

package io.belfry.operations.metric;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a stream of points says of where it comes from. Keys that begin with `_` hold ids that
/// objects have on their cluster, `local_id`.
final class Labels {
  private final Map<String, String> labels = new TreeMap<>();

  /// Adds a label, unless there is nothing to say.
  Labels with(String key, @Nullable String value) {
    if (value != null) {
      labels.put(key, value);
    }
    return this;
  }

  Map<String, String> asMap() {
    return Collections.unmodifiableMap(labels);
  }
}

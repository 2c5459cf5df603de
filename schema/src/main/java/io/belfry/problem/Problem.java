package io.belfry.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a caller is told.
///
/// @param message what was wrong, with the value, and what would be right
/// @param details the same as data: field paths, ids, nearest names; JSON-like values only
public record Problem(ProblemCode code, String message, Map<String, Object> details) {
  public Problem {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public Problem(ProblemCode code, String message) {
    this(code, message, Map.of());
  }

  /// This problem as something to throw.
  public ProblemException asException() {
    return new ProblemException(this);
  }
}

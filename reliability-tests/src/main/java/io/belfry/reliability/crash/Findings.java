package io.belfry.reliability.crash;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What contradicts the promises. Thread-safe.
final class Findings {
  private final List<String> violations = new CopyOnWriteArrayList<>();

  /// @param rule what does not hold
  /// @param detail what was seen, with all that helps to find out why
  void add(String rule, String detail) {
    violations.add("%s: %s".formatted(rule, detail));
  }

  boolean isEmpty() {
    return violations.isEmpty();
  }

  List<String> all() {
    return List.copyOf(violations);
  }
}

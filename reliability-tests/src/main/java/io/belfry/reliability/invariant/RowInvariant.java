package io.belfry.reliability.invariant;

import java.util.List;

/// An invariant of the stored rows, which holds at every instant.
///
/// @param contradictions SQL that finds a line of text for each violation
record RowInvariant(String name, String contradictions) implements Invariant {
  @Override
  public List<String> violations(Evidence evidence) {
    return evidence.texts(contradictions);
  }
}

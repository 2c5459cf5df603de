package io.belfry.store.log;

import java.util.List;

/// Some consecutive changes out of those that a reader wants.
///
/// @param changes in the order of their revisions
/// @param through up to which revision there is nothing else that the reader wants; where to go on
/// @param newest the last revision that readers saw at that time
public record ChangePage(List<Change> changes, long through, long newest) {
  public ChangePage {
    changes = List.copyOf(changes);
  }
}

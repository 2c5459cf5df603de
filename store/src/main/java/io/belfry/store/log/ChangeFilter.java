package io.belfry.store.log;

import java.util.Set;

/// Which changes a reader wants. An empty set wants all.
///
/// @param entities names of entities, `Vm`
/// @param ids of objects
public record ChangeFilter(Set<Change.Action> actions, Set<String> entities, Set<String> ids) {
  /// Wants every change.
  public static final ChangeFilter ALL = new ChangeFilter(Set.of(), Set.of(), Set.of());

  public ChangeFilter {
    actions = Set.copyOf(actions);
    entities = Set.copyOf(entities);
    ids = Set.copyOf(ids);
  }

  boolean wants(Change change) {
    return (ids.isEmpty() || ids.contains(change.subject().id()))
        && (entities.isEmpty() || entities.contains(change.subject().entity()))
        && (actions.isEmpty() || actions.contains(change.action()));
  }
}

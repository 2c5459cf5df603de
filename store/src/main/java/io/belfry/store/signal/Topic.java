package io.belfry.store.signal;

/// What there can be news of.
public enum Topic {
  /// Objects have changed.
  CHANGES,
  /// Tasks have been queued.
  TASKS
}

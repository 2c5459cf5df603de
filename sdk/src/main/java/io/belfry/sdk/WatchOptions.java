package io.belfry.sdk;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Which changes to watch. Immutable.
public final class WatchOptions {
  private static final WatchOptions DEFAULT = new WatchOptions(null, List.of());

  private final @Nullable Long after;
  private final List<String> ids;

  private WatchOptions(@Nullable Long after, Collection<String> ids) {
    this.after = after;
    this.ids = List.copyOf(ids);
  }

  static WatchOptions defaults() {
    return DEFAULT;
  }

  /// Begins after a revision, such as the [Changes#revision] of an earlier watch, instead of now.
  public WatchOptions after(long revision) {
    return new WatchOptions(revision, ids);
  }

  /// Only changes of these objects.
  public WatchOptions ids(Collection<String> ids) {
    return new WatchOptions(after, ids);
  }

  OptionalLong after() {
    return after == null ? OptionalLong.empty() : OptionalLong.of(after);
  }

  List<String> ids() {
    return ids;
  }
}

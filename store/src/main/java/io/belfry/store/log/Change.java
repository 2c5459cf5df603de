package io.belfry.store.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of the revision log: one committed change of one object.
///
/// @param revision its place in the order of all changes
/// @param previous the object's change before this one; null for its first, and where that one is
///   no longer in the log
public record Change(
    long revision,
    @Nullable Long previous,
    Action action,
    Subject subject,
    Stored values,
    Cause cause) {

  /// What can happen to an object.
  public enum Action {
    CREATE,
    UPDATE,
    DELETE
  }

  /// The object that changed.
  public record Subject(String entity, String id) {}

  /// Columns and their values, as texts of JSON objects: of an update those that differ, else all
  /// that are not null.
  ///
  /// @param before null if the object was created
  /// @param after null if the object was deleted
  public record Stored(@Nullable String before, @Nullable String after) {
    /// About how much memory they take.
    int bytes() {
      return length(before) + length(after);
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /// When the change was made and by whom.
  ///
  /// @param taskId the task that recorded it; null if none did
  /// @param userId who asked for it; null for work of the server itself
  public record Cause(Instant at, @Nullable String taskId, @Nullable String userId) {}
}

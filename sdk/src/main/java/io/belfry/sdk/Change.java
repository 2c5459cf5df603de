package io.belfry.sdk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A committed change of one object, as [ApiClient#watch] tells it.
///
/// The objects before and after it have what is stored of them, not what the server computes when
/// an object is read: no counts, and of related objects the ids only. An update has those fields
/// alone that differ (asking for a required one that is not there throws an
/// [IllegalStateException]); of a relation with many objects it has those that went and those that
/// came.
///
/// @param revision its place in the order of all changes; later ones are higher
/// @param type the object's type, `Vm`
/// @param id the object's id
/// @param before null if the object was created
/// @param after null if the object was deleted
/// @param taskId the task that made the change; null if none did
/// @param userId who asked for it; null for work of the server itself
/// @param <T> the objects' type
public record Change<T>(
    long revision,
    Action action,
    String type,
    String id,
    @Nullable T before,
    @Nullable T after,
    Instant at,
    @Nullable String taskId,
    @Nullable String userId) {

  /// What can happen to an object.
  public enum Action {
    CREATE,
    UPDATE,
    DELETE
  }
}

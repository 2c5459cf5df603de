package io.belfry.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.store.row.LocalizedText;
import org.jspecify.annotations.Nullable;

/// A task to be queued.
///
/// @param operation path of the operation whose [TaskWork] does it
/// @param payload what the work needs to know; never secret in logs, for it is not logged
public record NewTask(
    String id, String operation, LocalizedText description, Subject subject, JsonNode payload) {

  /// Whom the task is about and for.
  ///
  /// @param resourceType the touched object's entity
  /// @param mutation the name of the change, `startVm`
  /// @param clusterId the cluster that owns the object; null for work of the management itself
  /// @param userId who asked; null for internal work
  public record Subject(
      String resourceType,
      String resourceId,
      String mutation,
      @Nullable String clusterId,
      @Nullable String userId) {}
}

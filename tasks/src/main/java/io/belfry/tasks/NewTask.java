package io.belfry.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.belfry.store.row.LocalizedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task to be queued.
///
/// @param operation path of the operation whose [TaskWork] does it
/// @param payload what the work needs to know; never secret in logs, for it is not logged
/// @param lanes what it shares with other tasks, of which only some may run at once
public record NewTask(
    String id,
    String operation,
    LocalizedText description,
    Subject subject,
    JsonNode payload,
    List<Lane> lanes) {

  public NewTask {
    lanes = List.copyOf(lanes);
  }

  /// A task that shares nothing.
  public NewTask(
      String id, String operation, LocalizedText description, Subject subject, JsonNode payload) {
    this(id, operation, description, subject, payload, List.of());
  }

  /// The same task in some lanes.
  public NewTask in(List<Lane> shared) {
    return new NewTask(id, operation, description, subject, payload, shared);
  }

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

package io.belfry.reliability.crash;

import io.belfry.sdk.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that a tenant is about to make, and what it expects of it.
///
/// @param targets one for each task that will be made, in the order of the answer
/// @param leeway what else than success is fine
record Planned(String path, Json body, List<Target> targets, Leeway leeway) {

  /// @param refusal part of the reason of a refusal that is fine; null if none is
  /// @param failure part of the message of a failure that is fine; null if none is
  record Leeway(@Nullable String refusal, @Nullable String failure) {
    static final Leeway NONE = new Leeway(null, null);

    static Leeway failure(String message) {
      return new Leeway(null, message);
    }
  }

  /// What one task is about.
  ///
  /// @param vm the VM that is locked meanwhile; null for none
  /// @param made the unique name of what is created, by which its task can be found; null if
  ///   something is changed that has an id
  /// @param settled told how it ended
  record Target(@Nullable OwnVm vm, @Nullable String made, Settlement settled) {}

  /// What to do when it is known whether something has been done.
  @FunctionalInterface
  interface Settlement {
    /// @param objectId of what was changed; empty where that never became known
    void settle(boolean done, String objectId);
  }
}

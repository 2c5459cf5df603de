package io.belfry.sdk;

import java.util.List;

/// Another task is still changing what the operation should change. Wait for that task, then try
/// again.
public final class ResourceLockedException extends ApiException {
  /// The server's code for this error.
  static final String CODE = "ResourceLocked";

  private final transient List<LockedResource> lockedResources;

  ResourceLockedException(Failure failure, List<LockedResource> lockedResources) {
    super(failure);
    this.lockedResources = List.copyOf(lockedResources);
  }

  public List<LockedResource> lockedResources() {
    return lockedResources;
  }

  /// Something that is being changed.
  ///
  /// @param type `VM` or `VM_VOLUME`
  public record LockedResource(String id, String type) {}
}

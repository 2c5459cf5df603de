package io.belfry.hypervisor.simulator;

import org.jspecify.annotations.Nullable;

/// The system installed on a volume; copied with it.
///
/// @param os the name people know it by
/// @param kernel its kernel's version
/// @param toolsVersion of the guest tools; null when there are none, and then the guest tells
///   nothing and ignores a request to shut down
/// @param cloudInit whether it takes a cloud-init configuration at its first boot
public record GuestImage(
    String os, String kernel, @Nullable String toolsVersion, boolean cloudInit) {
  boolean hasTools() {
    return toolsVersion != null;
  }

  GuestImage withTools(String version) {
    return new GuestImage(os, kernel, version, cloudInit);
  }
}

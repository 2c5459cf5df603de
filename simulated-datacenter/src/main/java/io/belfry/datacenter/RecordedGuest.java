package io.belfry.datacenter;

import io.belfry.hypervisor.GuestSeen.Tools;
import io.belfry.hypervisor.simulator.GuestImage;
import io.belfry.store.rows.VmGuestsOperationSystem;
import io.belfry.store.rows.VmToolsStatus;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the rows tell of the system that is installed in a VM or template.
///
/// @param os the name people know it by; null when nobody told, as when there are no tools
/// @param kernel its kernel's version; null when nobody told
/// @param toolsVersion null when there are no tools
record RecordedGuest(
    @Nullable String os, @Nullable String kernel, @Nullable String toolsVersion, Family family) {

  /// @param cloudInit whether it takes a cloud-init configuration
  record Family(VmGuestsOperationSystem kind, boolean cloudInit) {}

  /// What is installed; empty where nothing is.
  Optional<GuestImage> image() {
    var name = os == null ? usualOs() : Optional.of(os);
    return name.map(known -> new GuestImage(known, kernel(known), toolsVersion, family.cloudInit));
  }

  private String kernel(String name) {
    if (kernel != null) {
      return kernel;
    }
    return Arrays.stream(GuestSystem.values())
        .filter(system -> system.title().equals(name))
        .map(GuestSystem::kernel)
        .findFirst()
        .orElse("");
  }

  /// A system without tools does not tell its name.
  private Optional<String> usualOs() {
    return switch (family.kind) {
      case LINUX -> Optional.of(GuestSystem.CENTOS_7.title());
      case WINDOWS -> Optional.of(GuestSystem.WINDOWS_2019.title());
      case UNKNOWN -> Optional.empty();
    };
  }

  /// The version of the tools in a VM; null when it has none.
  static @Nullable String toolsVersion(VmToolsStatus status, @Nullable String version) {
    return switch (status) {
      case NOT_INSTALLED -> null;
      case NOT_RUNNING, RUNNING, RESTRICTION ->
          version == null ? GuestSystem.TOOLS_VERSION : version;
    };
  }

  static Tools tools(VmToolsStatus status) {
    return switch (status) {
      case NOT_INSTALLED -> Tools.NOT_INSTALLED;
      case NOT_RUNNING -> Tools.NOT_RUNNING;
      case RUNNING, RESTRICTION -> Tools.RUNNING;
    };
  }
}

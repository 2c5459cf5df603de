package io.belfry.datacenter;

import io.belfry.store.rows.VmFirmware;
import io.belfry.store.rows.VmGuestsOperationSystem;

/// The operating systems in the data centre.
enum GuestSystem {
  CENTOS_7("CentOS Linux release 7.9.2009 (Core)", "3.10.0-1160.el7.x86_64"),
  ROCKY_9("Rocky Linux 9.4 (Blue Onyx)", "5.14.0-427.13.1.el9_4.x86_64"),
  UBUNTU_22("Ubuntu 22.04.4 LTS", "5.15.0-105-generic"),
  DEBIAN_12("Debian GNU/Linux 12 (bookworm)", "6.1.0-21-amd64"),
  OPENEULER_22("openEuler 22.03 (LTS-SP3)", "5.10.0-182.0.0.95.oe2203sp3.x86_64"),
  WINDOWS_2019("Microsoft Windows Server 2019 Datacenter", "10.0.17763"),
  WINDOWS_11("Microsoft Windows 11 Enterprise", "10.0.22631");

  /// Of the guest tools that are installed everywhere.
  static final String TOOLS_VERSION = "3.2.0";

  private final String title;
  private final String kernel;

  GuestSystem(String title, String kernel) {
    this.title = title;
    this.kernel = kernel;
  }

  /// The name people know it by.
  String title() {
    return title;
  }

  String kernel() {
    return kernel;
  }

  boolean isWindows() {
    return switch (this) {
      case WINDOWS_2019, WINDOWS_11 -> true;
      case CENTOS_7, ROCKY_9, UBUNTU_22, DEBIAN_12, OPENEULER_22 -> false;
    };
  }

  VmGuestsOperationSystem family() {
    return isWindows() ? VmGuestsOperationSystem.WINDOWS : VmGuestsOperationSystem.LINUX;
  }

  VmFirmware firmware() {
    return isWindows() ? VmFirmware.UEFI : VmFirmware.BIOS;
  }
}

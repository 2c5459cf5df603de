package io.belfry.datacenter;

import static io.belfry.datacenter.Bytes.GIB;

import java.util.List;

/// A VM template of the content library.
///
/// @param cloudInit whether its VMs configure themselves at their first boot
record Template(String name, GuestSystem system, boolean cloudInit, Size size) {
  static final List<Template> ALL =
      List.of(
          new Template(
              "centos7-cloudinit", GuestSystem.CENTOS_7, true, new Size(2, 4 * GIB, 40 * GIB)),
          new Template("ubuntu22.04", GuestSystem.UBUNTU_22, true, new Size(2, 4 * GIB, 40 * GIB)),
          new Template(
              "windows-server-2019",
              GuestSystem.WINDOWS_2019,
              false,
              new Size(4, 8 * GIB, 80 * GIB)));

  record Size(int vcpu, long memoryBytes, long diskBytes) {}

  String description() {
    return cloudInit
        ? system.title() + ", configures itself with cloud-init"
        : system.title() + ", ready to use";
  }
}

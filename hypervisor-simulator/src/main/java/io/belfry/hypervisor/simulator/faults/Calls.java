package io.belfry.hypervisor.simulator.faults;

import java.util.List;

/// The driver's calls that can go wrong: all that have an effect.
public final class Calls {
  public static final List<String> ALL =
      List.of(
          "define",
          "undefine",
          "start",
          "shutdown",
          "powerOff",
          "restart",
          "reset",
          "suspend",
          "resume",
          "migrate",
          "resize",
          "attach",
          "update",
          "detach",
          "createVolume",
          "copyVolume",
          "resizeVolume",
          "deleteVolume",
          "snapshot",
          "revert",
          "deleteSnapshot");

  private Calls() {}
}

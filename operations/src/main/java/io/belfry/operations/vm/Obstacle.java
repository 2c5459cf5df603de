package io.belfry.operations.vm;

import io.belfry.tasks.TaskFailedException;

/// Why no host takes a VM.
public enum Obstacle {
  MEMORY("HostAvailableMemoryFilter", "No host that takes VMs has enough memory free for the VM"),
  GROUPS("PlacementGroupMustFilter", "The VM's placement groups allow none of the hosts");

  private final String code;
  private final String message;

  Obstacle(String code, String message) {
    this.code = code;
    this.message = message;
  }

  /// What clients look for in the message of a task.
  String code() {
    return code;
  }

  TaskFailedException failure() {
    return new TaskFailedException(code, message);
  }
}

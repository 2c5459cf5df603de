package io.belfry.reliability.crash;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A VM of a tenant. Belongs to the tenant's thread.
final class OwnVm {
  private final String birthName;
  private final Set<String> tasks = new HashSet<>();
  private @Nullable String id;
  private @Nullable VmState state;
  private boolean busy;

  OwnVm(String birthName) {
    this.birthName = birthName;
  }

  /// The name that it was created with, which no other VM ever has.
  String birthName() {
    return birthName;
  }

  String id() {
    if (id == null) {
      throw new IllegalStateException(birthName + " was not created");
    }
    return id;
  }

  void born(String given) {
    id = given;
  }

  /// What it must look like now.
  VmState state() {
    if (state == null) {
      throw new IllegalStateException(birthName + " does not exist");
    }
    return state;
  }

  /// @param changed null when the VM is gone
  void become(@Nullable VmState changed) {
    state = changed;
  }

  boolean exists() {
    return state != null;
  }

  /// Whether a task changes it.
  boolean isBusy() {
    return busy;
  }

  void busy(boolean busy) {
    this.busy = busy;
  }

  /// The tasks on this VM that we know of.
  Set<String> tasks() {
    return tasks;
  }
}

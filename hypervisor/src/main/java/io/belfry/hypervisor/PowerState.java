package io.belfry.hypervisor;

/// Whether a VM runs.
public enum PowerState {
  RUNNING,
  STOPPED,
  /// Not executing, memory kept.
  SUSPENDED,
  /// Its host cannot be asked.
  UNKNOWN
}

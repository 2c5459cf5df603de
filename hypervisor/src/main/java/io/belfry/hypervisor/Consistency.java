package io.belfry.hypervisor;

/// What a snapshot of a running VM promises.
public enum Consistency {
  /// What a power cut would leave.
  CRASH,
  /// The guest's file systems are clean; needs running guest tools.
  FILE_SYSTEM
}

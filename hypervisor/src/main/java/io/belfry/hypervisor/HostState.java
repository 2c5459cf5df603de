package io.belfry.hypervisor;

/// Whether a host can be used.
public enum HostState {
  CONNECTED,
  /// Answers, but takes no VM.
  MAINTENANCE,
  /// Does not answer; its VMs may well run.
  UNREACHABLE
}

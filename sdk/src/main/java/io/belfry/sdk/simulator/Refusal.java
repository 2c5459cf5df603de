package io.belfry.sdk.simulator;

/// Why a hypervisor refuses a call.
public enum Refusal {
  /// What the call is about doesn't exist.
  NOT_FOUND,
  /// Something else has its id.
  CONFLICT,
  /// The VM is in a state that doesn't allow it.
  WRONG_STATE,
  /// The host doesn't answer.
  HOST_UNAVAILABLE,
  /// The guest's tools don't run.
  GUEST_TOOLS_NOT_RUNNING,
  /// The cloud-init configuration makes no sense.
  CLOUD_INIT_INVALID,
  /// It failed in a way that nobody foresaw.
  BROKEN
}

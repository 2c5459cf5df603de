package io.belfry.reliability.model;

/// What can be asked of a VM.
enum Call {
  START,
  POWER_OFF,
  SHUT_DOWN,
  SUSPEND,
  RESUME,
  RESTART,
  FORCE_RESTART,
  MIGRATE,
  RENAME,
  GROW,
  SHRINK,
  ADD_DISK,
  REMOVE_DISK,
  ADD_CD_ROM,
  REMOVE_CD_ROM,
  ADD_NIC,
  REMOVE_NIC,
  SNAPSHOT,
  RECYCLE,
  RECOVER,
  DELETE
}

package io.belfry.tasks;

/// Why a task's work has failed, while what it prepared is being taken back.
///
/// @param code what clients look for
/// @param message as the task will show it
record Failure(String code, String message) {
  static Failure of(TaskFailedException e) {
    return new Failure(e.code(), e.getMessage());
  }
}

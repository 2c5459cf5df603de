package io.belfry.cli.shell;

/// What the command's exit code says.
public enum ExitCode {
  OK(0, "all done"),
  TASK_FAILED(1, "a task failed, or something unforeseen happened"),
  USAGE(2, "the command was not written as it must be, or was not confirmed"),
  NOT_FOUND(3, "no object has that name or id, or several have that name"),
  UNAUTHORIZED(4, "not logged in, or not allowed"),
  REFUSED(5, "the server refused the request"),
  UNREACHABLE(6, "the server could not be reached, or is in trouble"),
  TIMED_OUT(7, "tasks had not ended in time; they go on"),
  DIFFERENT(8, "two recordings differ"),
  INTERRUPTED(130, "interrupted by Ctrl-C");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}

package io.belfry.tasks;

/// A task can't be done; people read the message in the task's `error_message`.
public final class TaskFailedException extends RuntimeException {
  private final String code;

  /// @param code what clients look for, such as `JOB_VM_SHUTDOWN_TIMEOUT`
  /// @param text for people
  public TaskFailedException(String code, String text) {
    super(message(code, text));
    this.code = code;
  }

  public TaskFailedException(String code, String text, Throwable cause) {
    super(message(code, text), cause);
    this.code = code;
  }

  public String code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /// CloudTower wraps the messages of its clusters like this, and clients search in them.
  private static String message(String code, String text) {
    return "code: %s\nmessage: {\"ec\":\"%s\",\"error\":{\"msg\":\"[%s]%s\"}}"
        .formatted(code, code, code, text.replace("\"", "'"));
  }
}

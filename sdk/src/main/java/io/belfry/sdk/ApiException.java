package io.belfry.sdk;

import org.jspecify.annotations.Nullable;

/// An operation didn't work. The message says which, why, and under which request id the server
/// knows it.
public class ApiException extends RuntimeException {
  private final Failure failure;

  ApiException(Failure failure) {
    this(failure, null);
  }

  ApiException(Failure failure, @Nullable Throwable cause) {
    super(failure.summary(), cause);
    this.failure = failure;
  }

  /// The same failure, as another kind of exception.
  ApiException(ApiException cause) {
    this(cause.failure, cause);
  }

  /// The HTTP status; 0 if there was no answer. Waiting for tasks gives 408 when time runs out and
  /// 500 when a task failed.
  public int status() {
    return failure.status();
  }

  /// The server's code for the error, such as `ResourceLocked`; mostly absent.
  public @Nullable String code() {
    return failure.code();
  }

  /// The server's own words, or the SDK's if the server said nothing.
  public String reason() {
    return failure.reason();
  }

  /// What the server calls the request in its logs; absent if there was no answer.
  public @Nullable String requestId() {
    return failure.requestId();
  }

  /// The operation's path, `start-vm`.
  public String operation() {
    return failure.operation();
  }

  /// The answer's body as it came; empty if there was none.
  public String body() {
    return failure.body();
  }

  /// What there is to say about it.
  record Failure(
      String operation,
      int status,
      @Nullable String code,
      String reason,
      @Nullable String requestId,
      String body) {

    /// A failure without an answer.
    static Failure of(String operation, int status, String reason) {
      return new Failure(operation, status, null, reason, null, "");
    }

    String summary() {
      var summary = new StringBuilder(operation).append(": ").append(reason);
      if (status != 0) {
        summary.append(" (status ").append(status);
        if (code != null) {
          summary.append(", ").append(code);
        }
        if (requestId != null) {
          summary.append(", request ").append(requestId);
        }
        summary.append(')');
      }
      return summary.toString();
    }
  }
}

package io.belfry.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Is told of every attempt at a call, for logs, metrics and traces. Called from many threads, and
/// waited for: it should return soon. What it throws is thrown to whoever called.
///
/// ```java
/// Configuration.builder(host).listener(attempt -> meter.record(attempt.operation(), attempt.took()));
/// ```
@FunctionalInterface
public interface CallListener {
  /// Nobody is told.
  CallListener NONE = attempt -> {};

  /// An attempt has ended.
  void attempted(Attempt attempt);

  /// One request and what came back. Holds no secret: neither headers nor bodies.
  ///
  /// @param operation the operation's path, `get-vms`
  /// @param number which attempt at the call this was, from 1
  /// @param took from sending to the end of the answer
  /// @param outcome what came back
  /// @param pause after which the call is made again; absent if this was the last attempt
  record Attempt(
      String operation, int number, Duration took, Outcome outcome, @Nullable Duration pause) {}

  /// What came back: an answer, or a failure instead.
  ///
  /// @param status the HTTP status; 0 if there was no answer
  /// @param requestId what the server calls the request; absent if it didn't say
  /// @param failure why there is no answer; absent if there is one
  record Outcome(int status, @Nullable String requestId, @Nullable Throwable failure) {}
}

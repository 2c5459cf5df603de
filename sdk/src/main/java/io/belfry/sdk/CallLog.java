package io.belfry.sdk;

/// Writes every attempt at a call to the platform's logger `io.belfry.sdk`, at level DEBUG:
/// programs that log with SLF4J see it by way of `slf4j-jdk-platform-logging`.
enum CallLog implements CallListener {
  INSTANCE;

  private static final System.Logger LOG = System.getLogger("io.belfry.sdk");

  @Override
  public void attempted(Attempt attempt) {
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      LOG.log(System.Logger.Level.DEBUG, text(attempt));
    }
  }

  private static String text(Attempt attempt) {
    var outcome = attempt.outcome();
    var result =
        outcome.failure() == null ? String.valueOf(outcome.status()) : outcome.failure().toString();
    var request = outcome.requestId() == null ? "" : ", request " + outcome.requestId();
    var pause = attempt.pause();
    var again = pause == null ? "" : "; again in %s ms".formatted(pause.toMillis());
    return "%s, attempt %s: %s after %s ms%s%s"
        .formatted(
            attempt.operation(),
            attempt.number(),
            result,
            attempt.took().toMillis(),
            request,
            again);
  }
}

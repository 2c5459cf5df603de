package io.belfry.sdk;

/// What a client has learnt about its server: whether it has streams of events. Shared by all
/// clients that come from the same one. Thread-safe.
final class EventSupport {
  private static final int GONE = 410;

  private volatile boolean missing;

  /// Whether it is worth trying.
  boolean isPossible() {
    return !missing;
  }

  /// Learns from a failure to open a stream. A server that could not be reached, or has too much to
  /// do, may have streams all the same.
  void learn(ApiException failure) {
    var refused = failure.status() != 0 && failure.status() / 100 != 5 && failure.status() != GONE;
    missing |= refused || failure.getCause() instanceof UnsupportedOperationException;
  }
}

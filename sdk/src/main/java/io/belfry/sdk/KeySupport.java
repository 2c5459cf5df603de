package io.belfry.sdk;

/// What a client has learnt about its server: whether it knows a request again by the key in it, so
/// that a change can be tried again. Belfry does, and says so in its answers. Shared by all clients
/// that come from the same one. Thread-safe.
final class KeySupport {
  /// The header that holds the key.
  static final String HEADER = "idempotency-key";

  private static final String FEATURES = "x-belfry-features";

  private volatile boolean present;

  boolean isPresent() {
    return present;
  }

  void learn(Transport.Response response) {
    if (!present && response.header(FEATURES).orElse("").contains(HEADER)) {
      present = true;
    }
  }
}

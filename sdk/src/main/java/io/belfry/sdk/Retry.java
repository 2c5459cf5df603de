package io.belfry.sdk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How often a call is made that comes to nothing, and how long to wait in between. Immutable.
///
/// A call is made again only where that can't do anything twice:
///
/// | what came back | reading operations, `get-…` | others |
/// |---|---|---|
/// | no connection | again | again |
/// | 429 | again | again |
/// | 503 with `Retry-After` | again | again: the server says that it did nothing |
/// | 502, 504, 503 without `Retry-After` | again | no |
/// | a connection that broke after the request was sent | again | no: it may have been done |
/// | everything else | no | no |
///
/// Belfry knows a change again that it is sent twice, by a key that the client gives each of them
/// once it has had an answer from Belfry. There, all operations are made again as reading ones are.
///
/// The pause doubles each time, and a random part of it is left out, so that many clients don't
/// come back at once. `Retry-After` makes it longer. All this happens within the time that the call
/// may take ([Configuration.Builder#timeout], [CallOptions#timeout]): a pause that would last
/// longer is not begun.
///
/// @param attempts how often a call is made at most, from 1
/// @param firstPause before the second attempt
/// @param longestPause what pauses grow to
public record Retry(int attempts, Duration firstPause, Duration longestPause) {
  private static final Retry STANDARD = new Retry(4, Duration.ofMillis(200), Duration.ofSeconds(5));

  /// @throws IllegalArgumentException if there is no attempt, or a pause that is not positive
  public Retry {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    Require.positive("firstPause", firstPause);
    Require.positive("longestPause", longestPause);
  }

  /// Four attempts, the first pause 0.2 s, the longest 5 s. What clients do unless told otherwise.
  public static Retry standard() {
    return STANDARD;
  }

  /// One attempt.
  public static Retry never() {
    return new Retry(1, STANDARD.firstPause, STANDARD.longestPause);
  }

  /// How long to wait after so many attempts.
  Duration pause(int failed) {
    var doubled = firstPause.toMillis() << Math.min(failed - 1, 20);
    var longest = Math.min(doubled, longestPause.toMillis());
    return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
  }
}

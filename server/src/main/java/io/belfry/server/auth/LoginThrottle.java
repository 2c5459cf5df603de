package io.belfry.server.auth;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down who guesses passwords: after some failures for one user from one address, each
/// further one doubles the time until the next attempt counts. Remembers the last ten thousand
/// pairs. Thread-safe.
final class LoginThrottle {
  private static final int FREE_ATTEMPTS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final InstantSource clock;
  private final Map<Origin, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /// Who wants to be whom.
  record Origin(String username, String peer) {}

  private record Failures(int count, Instant nextAttempt) {}

  /// Counts an attempt, as a failure until [#succeeded] says otherwise, so that attempts at the
  /// same time count too.
  ///
  /// @throws io.belfry.problem.ProblemException if it comes too early
  synchronized void attempt(Origin origin) {
    var now = clock.instant();
    var earlier = failures.getOrDefault(origin, new Failures(0, now));
    if (now.isBefore(earlier.nextAttempt())) {
      throw tooEarly(Duration.between(now, earlier.nextAttempt()));
    }
    var count = earlier.count() + 1;
    failures.put(origin, new Failures(count, now.plus(pause(count))));
    if (failures.size() > REMEMBERED) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  synchronized void succeeded(Origin origin) {
    failures.remove(origin);
  }

  /// Lets everybody begin anew.
  synchronized void forget() {
    failures.clear();
  }

  private static Duration pause(int count) {
    if (count < FREE_ATTEMPTS) {
      return Duration.ZERO;
    }
    var pause = Duration.ofSeconds(1L << Math.min(count - FREE_ATTEMPTS, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static RuntimeException tooEarly(Duration left) {
    var seconds = left.plusMillis(999).toSeconds();
    return new Problem(
            ProblemCode.UNAUTHENTICATED,
            "Too many failed logins. Try again in %s s.".formatted(seconds),
            Map.of("retry_after_seconds", seconds))
        .asException();
  }
}

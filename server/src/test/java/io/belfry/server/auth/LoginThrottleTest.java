package io.belfry.server.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.ProblemException;
import io.belfry.server.auth.LoginThrottle.Origin;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final Origin ORIGIN = new Origin("root", "10.0.0.1");

  private Instant now = Instant.EPOCH;
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  @Test
  void letsFiveAttemptsPass() {
    assertThatCode(() -> attempt(5)).doesNotThrowAnyException();
    assertThatThrownBy(() -> attempt(1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Try again in 1 s");
  }

  @Test
  void doublesThePauseWithEachFailure() {
    attempt(5);
    now = now.plusSeconds(1);
    attempt(1);

    assertThatThrownBy(() -> attempt(1)).hasMessageContaining("Try again in 2 s");
  }

  @Test
  void neverPausesForMoreThanAMinute() {
    attempt(5);
    for (var i = 0; i < 20; i++) {
      now = now.plus(Duration.ofMinutes(1));
      attempt(1);
    }

    assertThatThrownBy(() -> attempt(1)).hasMessageContaining("Try again in 60 s");
  }

  @Test
  void forgetsFailuresAfterASuccess() {
    attempt(5);
    throttle.succeeded(ORIGIN);

    assertThatCode(() -> attempt(5)).doesNotThrowAnyException();
  }

  @Test
  void countsEachUserAndAddressApart() {
    attempt(5);

    assertThatCode(() -> throttle.attempt(new Origin("root", "10.0.0.2")))
        .doesNotThrowAnyException();
    assertThatCode(() -> throttle.attempt(new Origin("admin", "10.0.0.1")))
        .doesNotThrowAnyException();
  }

  private void attempt(int times) {
    for (var i = 0; i < times; i++) {
      throttle.attempt(ORIGIN);
    }
  }
}

package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.belfry.sdk.TestServer.Answer;
import io.belfry.sdk.model.Vm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two addresses of one tower.
final class StandbyTest {
  private static final String CHANGE = "start-vm";

  private final TestServer first = TestServer.start();
  private final TestServer second = TestServer.start();
  private final ApiClient client =
      ApiClient.builder(
              Configuration.builder(first.url()).standby(second.url()).retry(Retry.never()).build())
          .token("token")
          .build();

  @BeforeEach
  void answer() {
    first.on(CHANGE, "[]");
    second.on(CHANGE, "[]");
  }

  @AfterEach
  void stop() {
    client.close();
    first.close();
    second.close();
  }

  @Test
  void isNotAskedAsLongAsTheFirstWorks() {
    call();
    call();

    assertThat(first.calls()).hasSize(2);
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void takesOverWhenTheFirstIsGone() {
    first.close();

    call();
    call();

    assertThat(second.calls()).hasSize(2);
  }

  @Test
  void takesOverWhenTheFirstIsPassive() {
    first.on(CHANGE, call -> new Answer(307, "").with("Location", "https://elsewhere.example"));

    call();
    call();

    assertThat(first.calls()).hasSize(1);
    assertThat(second.calls()).hasSize(2);
  }

  @Test
  void givesBackWhenItBecomesPassive() {
    first.on(CHANGE, call -> new Answer(307, ""));
    call();
    first.on(CHANGE, "[]");
    second.on(CHANGE, call -> new Answer(307, ""));

    call();

    assertThat(first.calls()).hasSize(2);
    assertThat(second.calls()).hasSize(2);
  }

  @Test
  void saysSoWhenNobodyIsThere() {
    first.close();
    second.close();

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(this::call);
  }

  @Test
  void isNotAskedForWhatTheFirstMayHaveDone() {
    first.on(CHANGE, call -> Answer.NONE);

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(this::call);

    assertThat(second.calls()).isEmpty();
  }

  @Test
  void streamsChangesFromWhereCallsGo() {
    first.close();
    second.on(TestServer.EVENTS, call -> Answer.events("id: 6\n\n"));
    call();

    try (var changes = client.watch(Vm.class)) {
      assertThat(changes.revision()).isEqualTo(6);
    }
  }

  private void call() {
    client.call(CHANGE, Json.object());
  }
}

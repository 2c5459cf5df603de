package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.sdk.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
  private static final String READING = "get-vms";
  private static final String CHANGING = "start-vm";
  private static final Retry QUICK = new Retry(4, Duration.ofMillis(1), Duration.ofMillis(2));
  private static final Answer OK = Answer.ok("[]");

  private final TestServer server = TestServer.start();
  private final Queue<CallListener.Attempt> attempts = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void readsAgain(int status) {
    assertThat(call(READING, new Answer(status, ""), new Answer(status, ""), OK)).isEmpty();

    assertThat(attempts).extracting(CallListener.Attempt::number).containsExactly(1, 2, 3);
    assertThat(attempts)
        .extracting(attempt -> attempt.outcome().status())
        .containsExactly(status, status, 200);
    assertThat(attempts)
        .extracting(attempt -> attempt.pause() != null)
        .containsExactly(true, true, false);
  }

  @Test
  void readsAgainWhenTheConnectionBreaks() {
    assertThat(call(READING, Answer.NONE, OK)).isEmpty();

    assertThat(attempts.element().outcome().failure()).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 502, 503, 504})
  void changesAgainWhereTheServerKnowsTheRequestAgain(int status) {
    server.on(READING, call -> OK.with("X-Belfry-Features", "idempotency-key"));
    var answers = List.of(new Answer(status, ""), OK).iterator();
    server.on(CHANGING, call -> answers.next());

    try (var client = client(server.url(), QUICK, Duration.ofSeconds(30))) {
      client.call(READING, Json.object());
      client.call(CHANGING, Json.object());
      client.call(CHANGING.replace("start", "stop"), Json.object());
    } catch (NotFoundException noSuchPath) {
      // the last one, which shows that each call has a key of its own
    }

    assertThat(server.calls())
        .extracting(call -> call.header("Idempotency-key") == null)
        .containsExactly(true, false, false, false);
    assertThat(server.calls().subList(1, 3))
        .extracting(call -> call.header("Idempotency-key"))
        .containsOnly(String.valueOf(server.calls().get(2).header("Idempotency-key")));
    assertThat(server.calls().get(3).header("Idempotency-key"))
        .isNotEqualTo(server.calls().get(2).header("Idempotency-key"));
  }

  @Test
  void changesAgainWhereTheServerSaysThatItDidNothing() {
    var busy = new Answer(503, "").with("Retry-After", "0");

    assertThat(call(CHANGING, busy, new Answer(429, ""), OK)).isEmpty();

    assertThat(attempts).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 502, 503, 504})
  void doesNotChangeAgainWhatMayHaveBeenDone(int status) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> call(CHANGING, new Answer(status, ""), OK))
        .satisfies(failed -> assertThat(failed.status()).isEqualTo(status));

    assertThat(attempts).hasSize(1);
    assertThat(server.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"get-vms, 400", "get-vms, 404", "get-vms, 500", "start-vm, 400", "start-vm, 500"})
  void takesARefusalForAnAnswer(String operation, int status) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> call(operation, new Answer(status, ""), OK));

    assertThat(attempts).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {READING, CHANGING})
  void callsAgainWhereNothingWasSent(String operation) throws IOException {
    try (var client = client(unusedAddress(), QUICK, Duration.ofSeconds(30))) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(() -> client.call(operation, Json.object()))
          .withMessageContaining("is the server running?");
    }

    assertThat(attempts).hasSize(4);
  }

  private static String unusedAddress() throws IOException {
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://localhost:%s/v2/api".formatted(unused.getLocalPort());
    }
  }

  @Test
  void neverCallsAgainIfItIsToldSo() {
    server.on(READING, call -> new Answer(503, ""));

    try (var client = client(server.url(), Retry.never(), Duration.ofSeconds(30))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> client.call(READING, Json.object()));
    }

    assertThat(attempts).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "Fri, 31 Dec 2100 23:59:59 GMT"})
  void doesNotBeginAPauseThatLastsLongerThanTheCallMay(String retryAfter) {
    server.on(READING, call -> new Answer(503, "").with("Retry-After", retryAfter));

    try (var client = client(server.url(), QUICK, Duration.ofSeconds(30))) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> client.call(READING, Json.object()));
    }

    assertThat(attempts).hasSize(1);
  }

  @Test
  void waitsLongerEachTimeUpToALimit() {
    var retry = new Retry(9, Duration.ofMillis(100), Duration.ofMillis(350));

    assertThat(retry.pause(1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(retry.pause(2)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(retry.pause(3)).isBetween(Duration.ofMillis(175), Duration.ofMillis(350));
    assertThat(retry.pause(1_000_000)).isBetween(Duration.ofMillis(175), Duration.ofMillis(350));
  }

  @Test
  void refusesToMakeNoAttempt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retry(0, Duration.ofMillis(1), Duration.ofMillis(1)))
        .withMessage("attempts must be at least 1, not 0");
  }

  /// Calls a server that gives these answers, one after the other.
  private List<Json> call(String operation, Answer... answers) {
    var next = List.of(answers).iterator();
    server.on(operation, call -> next(next));
    try (var client = client(server.url(), QUICK, Duration.ofSeconds(30))) {
      return client.call(operation, Json.object()).elements();
    }
  }

  private static synchronized Answer next(Iterator<Answer> answers) {
    return answers.next();
  }

  private ApiClient client(String url, Retry retry, Duration timeout) {
    var configuration =
        Configuration.builder(url).retry(retry).timeout(timeout).listener(attempts::add).build();
    return ApiClient.builder(configuration).token("token").build();
  }
}

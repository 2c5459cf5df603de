package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.belfry.sdk.api.ApiInfoApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
  private final TestServer server = TestServer.start();
  private final ApiClient client = server.client();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private ApiException failureOf(String operation) {
    try {
      client.call(operation, Json.object());
    } catch (ApiException failed) {
      return failed;
    }
    throw new AssertionError(operation + " works");
  }

  private ApiException failureOf(int status, String body) {
    server.on("get-vms", call -> new TestServer.Answer(status, body));
    return failureOf("get-vms");
  }

  @Test
  void sendsTokenAgentAndJson() {
    server.on("get-vms", "[]");

    client.call("get-vms", Json.object());

    assertThat(server.lastCall().header("Authorization")).isEqualTo("token");
    assertThat(server.lastCall().header("User-agent")).isEqualTo("belfry-sdk-java");
    assertThat(server.lastCall().header("Content-type")).isEqualTo("application/json");
  }

  @Test
  void refusesToCallWithoutAToken() {
    var vmApi = new VmApi(ApiClient.of(Configuration.of(server.url())));

    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(vmApi::getVms)
        .withMessageContaining("get-vms: no token is set");
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void needsNoTokenWhereTheApiNeedsNone() {
    server.on("get-version", "\"4.8.0\"");

    assertThat(new ApiInfoApi(ApiClient.of(Configuration.of(server.url()))).getApiVersion())
        .isEqualTo("4.8.0");
  }

  @Test
  void prefersWhatIsSaidForTheCall() {
    server.on("get-vms", "[]");
    var configuration =
        Configuration.builder(server.url())
            .defaultHeader("content_language", "en-US")
            .defaultHeader("x-tenant", "one")
            .build();

    try (var english = ApiClient.builder(configuration).token("token").build()) {
      english.with(o -> o.header("Content-Language", "zh-CN")).call("get-vms", Json.object());
    }

    assertThat(server.lastCall().header("Content-language")).isEqualTo("zh-CN");
    assertThat(server.lastCall().header("X-tenant")).isEqualTo("one");
    assertThat(server.lastCall().header("Content_language")).isNull();
  }

  @Test
  void tellsWhatTheServerSaid() {
    var failure = failureOf(400, "{\"message\": \"no such host\", \"status\": 400}");

    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.reason()).isEqualTo("no such host");
    assertThat(failure.requestId()).isEqualTo("request-1");
    assertThat(failure.operation()).isEqualTo("get-vms");
    assertThat(failure).hasMessage("get-vms: no such host (status 400, request request-1)");
    assertThat(failure.body()).contains("\"status\": 400");
  }

  @Test
  void tellsErrorsApartByType() {
    assertThat(failureOf(401, "{}")).isInstanceOf(UnauthorizedException.class);
    assertThat(failureOf(404, "{}")).isInstanceOf(NotFoundException.class);
    assertThat(failureOf(503, "").reason()).isEqualTo("the server gave no reason");
    assertThat(failureOf(502, "<h1>Bad gateway</h1>").reason()).contains("<h1>Bad gateway</h1>");
  }

  @Test
  void namesWhatIsLocked() {
    var failure =
        failureOf(
            400,
            """
            {"message": "Resource [VM-a] locked", "code": "ResourceLocked",
             "props": {"locked_resources": [{"id": "a", "type": "VM"}]}}
            """);

    assertThat(failure).isInstanceOf(ResourceLockedException.class);
    assertThat(failure.code()).isEqualTo("ResourceLocked");
    assertThat(((ResourceLockedException) failure).lockedResources())
        .containsExactly(new ResourceLockedException.LockedResource("a", "VM"));
  }

  @Test
  void refusesAnAnswerThatIsNoJson() {
    assertThat(failureOf(200, "<html>login</html>"))
        .hasMessageContaining("can't be read")
        .hasMessageContaining("<html>login</html>");
    assertThat(failureOf(200, "")).hasMessageContaining("it is empty");
    assertThat(failureOf(200, "[{\"id\": ")).hasMessageContaining("can't be read");
    assertThat(failureOf(200, "[] []")).hasMessageContaining("something follows");
  }

  @Test
  void namesTheFieldThatHasAnotherType() {
    server.on("get-vms", "[{\"id\": \"a\", \"vcpu\": \"many\"}]");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> new VmApi(client).getVms())
        .withMessageContaining("at /0/vcpu there should be a number, not many");
  }

  @Test
  void givesUpOnAnAnswerThatIsTooLarge() {
    server.on("get-vms", "[\"" + "x".repeat(1000) + "\"]");
    var configuration = Configuration.builder(server.url()).maxResponseBytes(100).build();

    try (var careful = ApiClient.builder(configuration).token("token").build()) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(() -> careful.call("get-vms", Json.object()))
          .withMessageContaining("larger than 100 bytes");
    }
  }

  @Test
  void givesUpWhenTimeRunsOut() {
    var stopped = new CountDownLatch(1);
    server.on("get-vms", call -> afterwards(stopped));

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(
            () -> client.with(o -> o.timeout(Duration.ofMillis(20))).call("get-vms", Json.object()))
        .withMessageContaining("no complete answer")
        .satisfies(failure -> assertThat(failure.status()).isZero());
    stopped.countDown();
  }

  private static TestServer.Answer afterwards(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return TestServer.Answer.ok("[]");
  }

  @Test
  void saysThatNobodyListens() {
    server.close();

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> client.call("get-vms", Json.object()))
        .withMessageContaining("is the server running?");
  }

  @Test
  void keepsTheThreadInterrupted() {
    server.on("get-vms", "[]");
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> client.call("get-vms", Json.object()))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void failsFuturesWithTheSameExceptions() {
    server.on("get-vms", call -> new TestServer.Answer(404, "{\"message\": \"gone\"}"));

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> new VmApi(client).async().getVms().join())
        .withCauseInstanceOf(NotFoundException.class);
  }

  @Test
  void givesUpWhenAFutureIsCancelled() {
    var exchange = new CompletableFuture<Transport.Response>();
    var offline =
        ApiClient.builder(Configuration.of(server.url()))
            .token("token")
            .transport(request -> exchange)
            .build();

    var vms = new VmApi(offline).async().getVms(Vm.ID.is("a"));
    vms.cancel(true);

    assertThat(exchange).isCancelled();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(vms::join);
  }

  @Test
  void closesItsTransport() {
    var closed = new AtomicBoolean();
    var transport =
        new Transport() {
          @Override
          public CompletableFuture<Response> send(Request request) {
            return new CompletableFuture<>();
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };

    ApiClient.builder(Configuration.of(server.url())).transport(transport).build().close();

    assertThat(closed).isTrue();
  }

  @Test
  void leavesNoThreadBehind() {
    var before = selectors();
    var another = server.on("get-vms", "[]").client();
    another.call("get-vms", Json.object());
    var started = selectors().stream().filter(thread -> !before.contains(thread)).findFirst();

    another.close();

    assertThat(started).hasValueSatisfying(ApiClientTest::ends);
  }

  private static Set<Thread> selectors() {
    var selectors = new HashSet<>(Thread.getAllStackTraces().keySet());
    selectors.removeIf(thread -> !thread.getName().endsWith("SelectorManager"));
    return selectors;
  }

  private static void ends(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void refusesAHostThatIsNoAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Configuration.of("tower.example"))
        .withMessageContaining("https://tower.example/v2/api");
    assertThat(Configuration.of("http://tower.example/v2/api/").host())
        .hasToString("http://tower.example/v2/api");
  }

  @Test
  void hidesSecretsInTexts() {
    assertThat(Credentials.local("root", "secret").toString()).doesNotContain("secret");
    assertThat(Credentials.token("secret").toString()).doesNotContain("secret");
  }
}

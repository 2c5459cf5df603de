package io.belfry.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.problem.Problem;
import io.belfry.problem.ProblemCode;
import io.belfry.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final String LONG_TEXT = "belfry ".repeat(20_000);

  private final AtomicInteger ids = new AtomicInteger();
  private final ConcurrentLinkedQueue<RequestListener.Outcome> outcomes =
      new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void answersWithARequestIdThatIsNewEachTime() {
    var client = client(_ -> Answer.text("text/plain", "hello"));

    var first = client.get("/");
    var second = client.get("/");

    assertThat(first.body()).isEqualTo("hello");
    assertThat(first.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    assertThat(first.headers().firstValue("x-tower-request-id")).contains("request-1");
    assertThat(second.headers().firstValue("x-tower-request-id")).contains("request-2");
  }

  @Test
  void tellsAProblemAsAnErrorBody() {
    var client =
        client(_ -> {
          throw new Problem(ProblemCode.WRONG_STATE, "VM a is RUNNING", Map.of("id", "c1"))
              .asException();
        });

    var answer = client.post("/", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type"))
        .contains("application/json; charset=utf-8");
    assertThat(TestClient.json(answer))
        .isEqualTo(
            TestClient.json(
                """
                {"message": "VM a is RUNNING", "status": 400, "path": "/start-vm",
                 "operationName": "StartVm", "props": {"code": "BF-402", "id": "c1"}}
                """));
  }

  @Test
  void callsALockedResourceByTheOnlyCodeThatTheApiHas() {
    var client =
        client(_ -> {
          throw new Problem(ProblemCode.RESOURCE_LOCKED, "Resource [VM-c1] locked").asException();
        });

    assertThat(TestClient.json(client.post("/", "{}")).path("code").textValue())
        .isEqualTo("ResourceLocked");
  }

  @Test
  void hidesWhatABugSays() {
    var client =
        client(_ -> {
          throw new IllegalStateException("secret");
        });

    var answer = client.post("/", "{}");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret").contains("request-1");
  }

  @Test
  void streamsWhatIsTooLongToBuffer() {
    var client = client(_ -> Answer.json(HttpServerTest::writeLongText));

    var answer = client.get("/");

    assertThat(answer.body()).isEqualTo(LONG_TEXT);
    assertThat(answer.headers().firstValue("content-length")).isEmpty();
    assertThat(answer.headers().firstValue("transfer-encoding")).contains("chunked");
  }

  private static void writeLongText(OutputStream out) throws IOException {
    for (var word : LONG_TEXT.split("(?<= )")) {
      out.write(word.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 200_000})
  void compressesForClientsThatAcceptIt(int length) throws IOException {
    var text = LONG_TEXT.repeat(2).substring(0, length);
    var client = client(_ -> Answer.json(out -> out.write(text.getBytes(UTF_8))));

    var answer = client.postForBytes("/", "", "accept-encoding", "deflate, gzip");

    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(answer.body().length).isLessThan(length / 2);
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(unpacked.readAllBytes(), UTF_8)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0"})
  void doesNotCompressForOthers(String accepted) {
    var client = client(_ -> Answer.text("text/plain", LONG_TEXT));

    var answer = client.get("/", "accept-encoding", accepted);

    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo(LONG_TEXT);
  }

  @Test
  void tellsAProblemThatComesWhileTheBeginningIsBuffered() {
    var client = client(_ -> Answer.json(HttpServerTest::fail));

    assertThat(client.get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void cutsTheConnectionOnAProblemAmidAStream() {
    var client =
        client(_ ->
            Answer.json(out -> {
              writeLongText(out);
              fail(out);
            }));

    var answer = client.raw(post("content-length: 0\r\n", ""));

    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("\r\n0\r\n");
    assertThat(outcomes).singleElement().matches(RequestListener.Outcome::cut);
  }

  private static void fail(OutputStream out) throws IOException {
    out.write("[1,".getBytes(UTF_8));
    throw new Problem(ProblemCode.DATABASE_UNAVAILABLE, "the database is gone").asException();
  }

  @ParameterizedTest
  @CsvSource({"DATABASE_UNAVAILABLE, 1", "OVERLOADED, 1", "OUTCOME_UNKNOWN, none"})
  void asksToComeBackOnlyWhereNothingWasDone(ProblemCode code, String retryAfter) {
    var client =
        client(_ -> {
          throw new Problem(code, "not now").asException();
        });

    var answer = client.post("/", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after").orElse("none")).isEqualTo(retryAfter);
  }

  @Test
  void refusesABodyBeyondTheLimit() {
    var server = server(HttpLimits.DEFAULT.withBodyBytes(100), HttpServerTest::echo);

    var answer = new TestClient(server.port()).raw(post("content-length: 101\r\n", ""));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BF-102", "limit_bytes\":100");
  }

  @Test
  void refusesAChunkedBodyBeyondTheLimit() {
    var server = server(HttpLimits.DEFAULT.withBodyBytes(100), HttpServerTest::echo);
    var body = "50\r\n" + "x".repeat(0x50) + "\r\n50\r\n" + "x".repeat(0x50) + "\r\n0\r\n\r\n";

    var answer = new TestClient(server.port()).raw(post("transfer-encoding: chunked\r\n", body));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BF-102", "x-tower-request-id");
  }

  @Test
  void takesABodyUpToTheLimit() {
    var server = server(HttpLimits.DEFAULT.withBodyBytes(100), HttpServerTest::echo);

    assertThat(new TestClient(server.port()).post("/", "x".repeat(100)).body()).hasSize(100);
  }

  @Test
  void takesNoMoreLargeBodiesThanItHasMemoryFor() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var large = "x".repeat(BodyMemory.FREE_BYTES + 100_000);
    var server =
        server(
            HttpLimits.DEFAULT.withBodyBytes(large.length()).withBodiesBytes(large.length()),
            request -> {
              var answer = echo(request);
              if (request.header("stay").isPresent()) {
                entered.countDown();
                await(leave);
              }
              return answer;
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = new TestClient(server.port())) {
      var first = threads.submit(() -> client.post("/", large, "stay", "yes"));
      await(entered);

      var withLength = client.raw(post("content-length: %s\r\n".formatted(large.length()), large));
      var chunked =
          client.raw(
              post(
                  "transfer-encoding: chunked\r\n",
                  String.format(Locale.ROOT, "%x\r\n%s\r\n0\r\n\r\n", large.length(), large)));
      var small = client.post("/", "x".repeat(BodyMemory.FREE_BYTES));

      for (var refused : List.of(withLength, chunked)) {
        assertThat(refused).startsWith("HTTP/1.1 503 ").contains("BF-503", "limit_bytes");
        assertThat(refused).containsIgnoringCase("retry-after: 1");
      }
      assertThat(small.statusCode()).isEqualTo(200);
      leave.countDown();
      assertThat(first.get().body()).isEqualTo(large);
      assertThat(client.post("/", large).body()).isEqualTo(large);
    }
  }

  @Test
  void refusesHeadersBeyondTheLimit() {
    var client = client(HttpServerTest::echo);

    var answer = client.raw("GET / HTTP/1.1\r\nhost: x\r\nbig: " + "x".repeat(20_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("\"status\":4", "x-tower-request-id");
  }

  @Test
  void answersBrokenHttpWithAnErrorBody() {
    var answer = client(HttpServerTest::echo).raw("GET\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"status\":400");
  }

  @Test
  void keepsTheConnectionForTheNextRequest() {
    var client = client(HttpServerTest::echo);

    var answers =
        client.raw(
            post("content-length: 3\r\n", "one")
                + post("content-length: 3\r\nconnection: close\r\n", "two"));

    assertThat(answers).containsSubsequence("200", "one", "200", "two");
  }

  @Test
  void turnsAwayRequestsWithoutAPlace() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var server =
        server(
            HttpLimits.DEFAULT.withConcurrentRequests(1),
            _ -> {
              entered.countDown();
              await(leave);
              return Answer.text("text/plain", "done");
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = new TestClient(server.port())) {
      var first = threads.submit(() -> client.get("/"));
      await(entered);

      var second = client.get("/");

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("retry-after")).contains("1");
      leave.countDown();
      assertThat(first.get().body()).isEqualTo("done");
    }
  }

  @Test
  void stopsARequestThatTakesTooLong() {
    var server =
        server(
            HttpLimits.DEFAULT.withRequestTime(Duration.ofMillis(50)),
            _ -> {
              await(new CountDownLatch(1));
              return Answer.text("text/plain", "late");
            });

    try (var client = new TestClient(server.port())) {
      var answer = client.get("/");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("longer than 0.1 s");
    }
  }

  @Test
  void letsRunningRequestsEndBeforeItStops() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var server =
        server(
            HttpLimits.DEFAULT,
            _ -> {
              entered.countDown();
              await(leave);
              return Answer.text("text/plain", "done");
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = new TestClient(server.port())) {
      var running = threads.submit(() -> client.get("/"));
      await(entered);
      var stopping = threads.submit(server::close);

      assertThat(client.get("/").statusCode()).isEqualTo(503);
      leave.countDown();
      var answer = running.get();
      stopping.get();

      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.headers().firstValue("connection")).contains("close");
    }
  }

  @Test
  void namesAPortThatIsTaken() {
    var server = server(HttpLimits.DEFAULT, HttpServerTest::echo);
    var settings =
        new HttpSettings(
            InetAddress.getLoopbackAddress(), server.port(), Optional.empty(), HttpLimits.DEFAULT);

    assertThatThrownBy(() -> start(settings, HttpServerTest::echo))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("port " + server.port());
  }

  @Test
  void tellsItsListenerHowEachRequestWent() {
    client(
            request -> {
              request.actsFor("root");
              return Answer.text("text/plain", "hello");
            })
        .get("/");

    assertThat(outcomes)
        .singleElement()
        .satisfies(outcome -> {
          assertThat(outcome.requestId()).isEqualTo("request-1");
          assertThat(outcome.route()).isEqualTo("start-vm");
          assertThat(outcome.status()).isEqualTo(200);
          assertThat(outcome.username()).contains("root");
          assertThat(outcome.cut()).isFalse();
        });
  }

  private static Answer echo(Request request) {
    var body = request.body();
    return new Answer(200, "text/plain", Map.of(), out -> out.write(body));
  }

  private static String post(String headers, String body) {
    return "POST / HTTP/1.1\r\nhost: belfry\r\n" + headers + "\r\n" + body;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestClient client(Route.Handler handler) {
    return new TestClient(server(HttpLimits.DEFAULT, handler).port());
  }

  private HttpServer server(HttpLimits limits, Route.Handler handler) {
    return start(HttpSettings.anyPort().with(limits), handler);
  }

  private HttpServer start(HttpSettings settings, Route.Handler handler) {
    var server =
        HttpServer.start(
            settings,
            _ -> new Route("start-vm", "/start-vm", "StartVm", Route.Manner.LIMITED, handler),
            new RequestListener() {
              @Override
              public void began() {}

              @Override
              public void ended(Outcome outcome) {
                outcomes.add(outcome);
              }
            },
            () -> "request-" + ids.incrementAndGet());
    opened.add(server);
    return server;
  }
}

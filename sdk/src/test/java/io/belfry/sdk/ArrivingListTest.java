package io.belfry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belfry.sdk.api.LabelApi;
import io.belfry.sdk.model.Label;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lists that are read while they arrive.
final class ArrivingListTest {
  private static final int MOST = 1_000_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private Script script = (exchange, stream) -> {};

  ArrivingListTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v2/api/get-labels", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /// What the server does in the middle of a list.
  @FunctionalInterface
  private interface Script {
    void write(HttpExchange exchange, Objects objects) throws IOException, InterruptedException;
  }

  /// Writes objects, numbered from 0.
  private final class Objects {
    private final HttpExchange exchange;

    Objects(HttpExchange exchange) {
      this.exchange = exchange;
    }

    void write(int count) throws IOException {
      for (var i = 0; i < count; i++) {
        var number = written.getAndIncrement();
        text(
            "%s{\"id\": \"l%s\", \"key\": \"k\", \"value\": \"\"}"
                .formatted(number == 0 ? "[" : ",", number));
      }
      exchange.getResponseBody().flush();
    }

    void text(String text) throws IOException {
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("content-type", "application/json");
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      script.write(exchange, new Objects(exchange));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private ApiClient client(Duration timeout) {
    var url = "http://127.0.0.1:%s/v2/api".formatted(server.getAddress().getPort());
    return ApiClient.builder(Configuration.builder(url).timeout(timeout).build())
        .token("token")
        .build();
  }

  private static LabelApi labels(ApiClient client) {
    return new LabelApi(client).with(o -> o.inOneAnswer());
  }

  @Test
  void readsAllObjectsOfOneAnswer() {
    script =
        (exchange, objects) -> {
          objects.write(2000);
          objects.text("]");
        };
    try (var client = client(Duration.ofMinutes(1));
        var stream = labels(client).streamLabels()) {
      assertThat(stream).map(Label::id).hasSize(2000).startsWith("l0").endsWith("l1999");
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void asksNothingUntilTheFirstObjectIsWanted() {
    try (var client = client(Duration.ofMinutes(1))) {
      labels(client).streamLabels().close();
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void readsObjectsBeforeTheAnswerHasEnded() {
    script =
        (exchange, objects) -> {
          objects.write(1);
          released.await();
          objects.write(1);
          objects.text("]");
        };
    try (var client = client(Duration.ofMinutes(1));
        var stream = labels(client).streamLabels()) {
      Iterator<Label> each = stream.iterator();
      assertThat(each.next().id()).isEqualTo("l0");
      released.countDown();
      assertThat(each.next().id()).isEqualTo("l1");
      assertThat(each.hasNext()).isFalse();
    }
  }

  @Test
  void stopsTheServerWhenClosed() throws Exception {
    script =
        (exchange, objects) -> {
          while (written.get() < MOST) {
            objects.write(100);
          }
        };
    try (var client = client(Duration.ofMinutes(1))) {
      try (var stream = labels(client).streamLabels()) {
        assertThat(stream.limit(5)).hasSize(5);
      }
      assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(written.get()).isLessThan(MOST);
  }

  @Test
  void saysThatAnAnswerBreaksOff() {
    script = (exchange, objects) -> objects.write(3);
    try (var client = client(Duration.ofMinutes(1));
        var stream = labels(client).streamLabels()) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(stream::toList)
          .withMessageContaining("get-labels: the answer breaks off after 3 objects");
    }
  }

  @Test
  void doesNotWaitForeverForTheNextObject() {
    script =
        (exchange, objects) -> {
          objects.write(1);
          released.await();
        };
    try (var client = client(Duration.ofMillis(300));
        var stream = labels(client).streamLabels()) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(stream::toList)
          .withMessageContaining("after 1 objects: nothing arrived for PT0.");
    }
  }

  @Test
  void saysThatTheServerRefuses() {
    server.removeContext("/v2/api/get-labels");
    try (var client = client(Duration.ofMinutes(1));
        var stream = labels(client).streamLabels()) {
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(stream::toList)
          .withMessageContaining("404");
    }
  }

  @Test
  void saysThatTheAnswerIsNoList() {
    script = (exchange, objects) -> objects.text("{}");
    try (var client = client(Duration.ofMinutes(1));
        var stream = labels(client).streamLabels()) {
      assertThatExceptionOfType(NoAnswerException.class)
          .isThrownBy(stream::toList)
          .withMessageContaining("there should be a list");
    }
  }

  @Test
  void readsAWholeAnswerFromTransportsThatCanDoNoBetter() {
    Transport canned =
        request ->
            CompletableFuture.completedFuture(
                new Transport.Response(
                    200, Map.of(), "[{\"id\": \"l0\"}]".getBytes(StandardCharsets.UTF_8)));
    var client =
        ApiClient.builder(Configuration.of("http://stub/v2/api"))
            .transport(canned)
            .token("token")
            .build();

    assertThat(labels(client).streamLabels()).map(Label::id).containsExactly("l0");
  }
}

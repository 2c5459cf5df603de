package io.belfry.opentelemetry;

import static io.opentelemetry.sdk.testing.assertj.OpenTelemetryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.ApiException;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Json;
import io.belfry.sdk.Retry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TracingTest {
  @RegisterExtension static final OpenTelemetryExtension TRACES = OpenTelemetryExtension.create();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpServer server;
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Queue<String> parents = new ConcurrentLinkedQueue<>();
  private final ApiClient client;

  TracingTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          parents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
          var status = statuses.poll();
          var body = "[]".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    client = client(server.getAddress().getPort(), TRACES.getOpenTelemetry(), PATIENCE);
  }

  private static ApiClient client(int port, OpenTelemetry openTelemetry, Duration timeout) {
    var tracing = new Tracing(openTelemetry);
    return tracing
        .builder(
            Configuration.builder("http://127.0.0.1:%s".formatted(port))
                .context(tracing.context())
                .retry(new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                .timeout(timeout)
                .build())
        .token("secret-token")
        .build();
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void call() {
    var span = TRACES.getOpenTelemetry().getTracer("test").spanBuilder("nightly").startSpan();
    try {
      Context.current()
          .with(span)
          .wrap((Runnable) () -> client.call("get-vms", Json.object()))
          .run();
    } finally {
      span.end();
    }
  }

  private static SpanData nightly() {
    return TRACES.getSpans().stream()
        .filter(span -> span.getName().equals("nightly"))
        .findFirst()
        .orElseThrow();
  }

  /// Those of requests, in the order of their beginning.
  private static List<SpanData> requests() {
    return TRACES.getSpans().stream()
        .filter(span -> span.getKind() == SpanKind.CLIENT)
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .toList();
  }

  @Test
  void makesEachRequestASpanBelowTheCurrentOne() {
    call();

    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0))
        .hasName("POST /get-vms")
        .hasParent(nightly())
        .hasStatusSatisfying(status -> status.hasCode(StatusCode.UNSET));
    assertThat(requests().get(0).getAttributes().asMap().values())
        .contains("POST", "127.0.0.1", 200L, (long) server.getAddress().getPort());
    assertThat(requests().get(0).toString()).doesNotContain("secret-token");
  }

  @Test
  void tellsTheServerWhichTraceItIs() {
    call();

    var span = requests().get(0);
    var trace = "00-%s-%s-".formatted(span.getTraceId(), span.getSpanId());
    assertThat(parents).singleElement().asString().startsWith(trace);
  }

  @Test
  void keepsLaterAttemptsInTheTrace() {
    statuses.addAll(List.of(503, 502));

    call();

    assertThat(requests()).hasSize(3);
    assertThat(requests()).allSatisfy(span -> assertThat(span).hasParent(nightly()));
    assertThat(requests().get(0)).hasStatusSatisfying(status -> status.hasCode(StatusCode.ERROR));
    assertThat(requests().get(2)).hasStatusSatisfying(status -> status.hasCode(StatusCode.UNSET));
  }

  @Test
  void tellsWhyThereIsNoAnswer() {
    server.stop(0);

    assertThatThrownBy(this::call).isInstanceOf(ApiException.class);

    assertThat(requests()).isNotEmpty();
    assertThat(requests().get(0)).hasStatusSatisfying(status -> status.hasCode(StatusCode.ERROR));
    assertThat(requests().get(0).getAttributes().asMap().values())
        .contains("java.net.ConnectException");
  }

  @Test
  void tellsThatAnAnswerTookTooLong() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var impatient =
            client(silent.getLocalPort(), TRACES.getOpenTelemetry(), Duration.ofMillis(100))) {
      assertThatThrownBy(() -> impatient.call("get-vms", Json.object()))
          .isInstanceOf(ApiException.class);
    }

    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getAttributes().asMap().values())
        .contains("java.util.concurrent.TimeoutException");
  }

  @Test
  void handsOverTheAnswerAlthoughTheSpanCouldNotEnd() {
    var failing = SdkTracerProvider.builder().addSpanProcessor(new FullStore()).build();
    try (var openTelemetry = OpenTelemetrySdk.builder().setTracerProvider(failing).build();
        var traced = client(server.getAddress().getPort(), openTelemetry, PATIENCE)) {
      assertThat(traced.call("get-vms", Json.object())).isEqualTo(Json.array());
    }
  }

  /// Takes no span.
  private static final class FullStore implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      throw new IllegalStateException("full");
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}

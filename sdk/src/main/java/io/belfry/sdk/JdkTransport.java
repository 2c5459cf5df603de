package io.belfry.sdk;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sends with the JDK's HTTP client.
final class JdkTransport implements Transport {
  private static final System.Logger LOG = System.getLogger("io.belfry.sdk");
  private static final Pattern CLIENT_NUMBER = Pattern.compile("\\((\\d+)\\)$");

  private final HttpClient http;
  private final @Nullable String proxyAuthorization;
  private final long maxResponseBytes;

  JdkTransport(Configuration configuration) {
    // HTTP/1.1, because asking an HTTP server for HTTP/2 costs an upgrade that few agree to.
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(configuration.connectTimeout());
    Tls.configure(builder, configuration);
    var proxy = configuration.proxy();
    if (proxy != null) {
      builder.proxy(proxy.selector());
    }
    proxyAuthorization = proxy == null ? null : proxy.authorization();
    http = builder.build();
    warnIfUnverified(configuration);
    maxResponseBytes = configuration.maxResponseBytes();
  }

  private static void warnIfUnverified(Configuration configuration) {
    var tls = configuration.hosts().stream().filter(host -> "https".equals(host.getScheme()));
    if (configuration.trust() instanceof Configuration.Trust.Everybody
        && tls.findAny().isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "whether {0} are who they say they are is not verified: anybody on the way can read and"
              + " change everything; see Configuration.pinCertificate",
          configuration.hosts());
    }
  }

  /// Leaves it to the caller to watch the time: the JDK's client stops doing so when headers are
  /// there.
  @Override
  public CompletableFuture<Response> send(Request request) {
    return Derived.from(
        http.sendAsync(jdkRequest(request).build(), this::body),
        JdkTransport::response,
        Function.identity());
  }

  @Override
  public CompletableFuture<Response> stream(Request request, Flow.Subscriber<String> lines) {
    return Derived.from(
        http.sendAsync(
            jdkRequest(request).timeout(request.timeout()).build(), info -> events(info, lines)),
        JdkTransport::response,
        Function.identity());
  }

  /// Leaves it to the caller to watch the time until the answer begins. Refusals arrive as a whole.
  /// What goes wrong after an answer's head is told to who reads its body; the JDK's future may
  /// have failed by then as well, or not, so it isn't what callers wait for.
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // begun carries every outcome
  public CompletableFuture<Arriving> open(Request request) {
    var begun = new CompletableFuture<Arriving>();
    var sent = http.sendAsync(jdkRequest(request).build(), head -> body(head, request, begun));
    sent.whenComplete((response, failed) -> {
      if (failed != null) {
        begun.completeExceptionally(failed);
      } else {
        begun.complete(
            new Arriving(
                response.statusCode(),
                headers(response.headers()),
                Objects.requireNonNullElseGet(response.body(), InputStream::nullInputStream)));
      }
    });
    begun.whenComplete((arriving, failed) -> {
      if (failed != null) {
        sent.cancel(true);
      }
    });
    return begun;
  }

  private HttpResponse.BodySubscriber<InputStream> body(
      HttpResponse.ResponseInfo head, Request request, CompletableFuture<Arriving> begun) {
    if (head.statusCode() / 100 != 2) {
      return BodySubscribers.mapping(body(head), ByteArrayInputStream::new);
    }
    var body = new ArrivingBody(request.timeout());
    if (!begun.complete(new Arriving(head.statusCode(), headers(head.headers()), body))) {
      body.close(); // nobody waits for it any more
    }
    return body;
  }

  private HttpResponse.BodySubscriber<byte[]> events(
      HttpResponse.ResponseInfo info, Flow.Subscriber<String> lines) {
    var type = info.headers().firstValue("content-type").orElse("");
    if (info.statusCode() != 200 || !type.startsWith("text/event-stream")) {
      return new BoundedBody(maxResponseBytes);
    }
    return BodySubscribers.fromLineSubscriber(
        lines, ended -> new byte[0], StandardCharsets.UTF_8, null);
  }

  private HttpRequest.Builder jdkRequest(Request request) {
    var body =
        request.body() == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(request.body());
    var jdkRequest = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
    request.headers().forEach(jdkRequest::setHeader);
    if (proxyAuthorization != null) {
      jdkRequest.setHeader(HttpProxy.HEADER, proxyAuthorization); // reaches the proxy only
    }
    return jdkRequest;
  }

  private HttpResponse.BodySubscriber<byte[]> body(HttpResponse.ResponseInfo info) {
    return new BoundedBody(maxResponseBytes);
  }

  /// A proxy's refusal to connect comes without a body.
  private static Response response(HttpResponse<byte[]> response) {
    byte @Nullable [] body = response.body();
    return new Response(
        response.statusCode(), headers(response.headers()), body == null ? new byte[0] : body);
  }

  private static Map<String, String> headers(HttpHeaders response) {
    var headers = new LinkedHashMap<String, String>();
    response.map().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  /// Ends the client's thread. A JVM that exits while that thread waits for the network is held up
  /// for 0.3 s. From Java 21 on the client can be closed; before, its thread ends when interrupted.
  @Override
  public void close() {
    if (http instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    } else {
      interruptSelector();
    }
  }

  private void interruptSelector() {
    var number = CLIENT_NUMBER.matcher(http.toString());
    if (number.find()) {
      var name = "HttpClient-%s-SelectorManager".formatted(number.group(1));
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals(name))
          .forEach(Thread::interrupt);
    }
  }
}

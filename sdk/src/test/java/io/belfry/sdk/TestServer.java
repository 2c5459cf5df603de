package io.belfry.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server that answers what a test tells it to, and remembers what it was asked.
final class TestServer implements AutoCloseable {
  /// Where streams of events are.
  static final String EVENTS = "/v2/events";

  private final HttpServer http;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<Call, Answer>> answers = new ConcurrentHashMap<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  private TestServer(HttpServer http, String scheme) {
    this.http = http;
    this.scheme = scheme;
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  static TestServer start() {
    try {
      return new TestServer(HttpServer.create(anyPort(), 0), "http");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static TestServer startWithTls(SSLContext tls) {
    return startWithTls(new HttpsConfigurator(tls));
  }

  /// Talks only to clients that show a certificate which it trusts.
  static TestServer startForKnownClients(SSLContext tls) {
    return startWithTls(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            var tlsParameters = tls.getDefaultSSLParameters();
            tlsParameters.setNeedClientAuth(true);
            parameters.setSSLParameters(tlsParameters);
          }
        });
  }

  private static TestServer startWithTls(HttpsConfigurator tls) {
    try {
      var https = HttpsServer.create(anyPort(), 0);
      https.setHttpsConfigurator(tls);
      return new TestServer(https, "https");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// What the server was asked.
  ///
  /// @param path below the API's address, or the whole path elsewhere
  record Call(String method, String path, Map<String, List<String>> headers, String body) {
    @Nullable String header(String name) {
      var values = headers.get(name);
      return values == null ? null : values.get(0);
    }

    Json json() {
      return Json.parse(body);
    }
  }

  /// What the server answers.
  record Answer(int status, String contentType, String body, Map<String, String> headers) {
    /// Breaks the connection instead.
    static final Answer NONE = new Answer(0, "");

    Answer(int status, String contentType, String body) {
      this(status, contentType, body, Map.of());
    }

    Answer(int status, String body) {
      this(status, "application/json", body);
    }

    Answer with(String header, String value) {
      return new Answer(status, contentType, body, Map.of(header, value));
    }

    static Answer ok(String json) {
      return new Answer(200, json);
    }

    /// A stream of events that ends after these.
    static Answer events(String text) {
      return new Answer(200, "text/event-stream", text);
    }
  }

  TestServer on(String path, String json) {
    return on(path, call -> Answer.ok(json));
  }

  TestServer on(String path, Function<Call, Answer> answer) {
    answers.put(path, answer);
    return this;
  }

  String url() {
    return "%s://localhost:%s/v2/api".formatted(scheme, http.getAddress().getPort());
  }

  /// A client with a token.
  ApiClient client() {
    return ApiClient.builder(Configuration.of(url())).token("token").build();
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /// What the server was asked, apart from attempts to open a stream of events.
  List<Call> questions() {
    return calls.stream().filter(call -> !call.path().startsWith(EVENTS)).toList();
  }

  Call lastCall() {
    var all = calls();
    return all.get(all.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var path = uri.getPath().replaceFirst("^/v2/api/", "");
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      var call =
          new Call(
              exchange.getRequestMethod(),
              path + query,
              Map.copyOf(exchange.getRequestHeaders()),
              body);
      calls.add(call);
      var answer =
          answers
              .getOrDefault(path, unknown -> new Answer(404, "{\"message\":\"no such path\"}"))
              .apply(call);
      if (answer.equals(Answer.NONE)) {
        return;
      }
      exchange.getResponseHeaders().add("x-tower-request-id", "request-1");
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.getResponseHeaders().add("content-type", answer.contentType());
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}

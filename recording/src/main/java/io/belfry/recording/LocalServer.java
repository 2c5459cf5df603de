package io.belfry.recording;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.belfry.sdk.Json;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server on the loopback address, for programs that believe they speak to a tower.
final class LocalServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private LocalServer(HttpServer http) {
    this.http = http;
  }

  /// @param port 0 for any that is free
  /// @throws IOException if the port is taken
  static LocalServer start(int port, Handler handler) throws IOException {
    var server = new LocalServer(listener(port));
    server.http.setExecutor(server.threads);
    server.http.createContext("/", exchange -> answer(exchange, handler));
    server.http.start();
    return server;
  }

  private static HttpServer listener(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException taken) {
      throw new IOException("port %s is taken: name another".formatted(port), taken);
    }
  }

  /// Answers requests, several at a time.
  @FunctionalInterface
  interface Handler {
    Answer answer(Question question) throws IOException, InterruptedException;
  }

  /// @param path from the root, with what follows a question mark
  /// @param headers by name, names in lower case
  @SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
  record Question(String method, String path, Map<String, String> headers, byte[] body) {}

  /// @param headers by name, names in lower case
  @SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
  record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer problem(int status, String code, String message) {
      var json = Json.object("code", code, "message", message, "status", status);
      return text(status, "application/json", json.toString());
    }

    static Answer text(int status, String type, String body) {
      return new Answer(
          status, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      var headers = new LinkedHashMap<String, String>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      var question =
          new Question(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes());
      var answer = handler.answer(question);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      var length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// What clients call host.
  String url() {
    return "http://127.0.0.1:%s/v2/api".formatted(http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}

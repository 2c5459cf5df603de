package io.belfry.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Answers what clients are measured with, as fast as it can: VMs from memory, and tasks that end
/// at the time that their ids say. Below `/polling` it has no streams of events.
final class StubServer implements AutoCloseable {
  private static final String POLLING = "/polling";
  private static final Pattern TASK = Pattern.compile("task-\\d+-(\\d+)");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private final byte[] page;
  private final byte[] all;

  private StubServer(HttpServer http, byte[] page, byte[] all) {
    this.http = http;
    this.page = page;
    this.all = all;
  }

  /// @param page what `get-vms` answers to those who say how many they want
  /// @param all what it answers to others
  static StubServer start(byte[] page, byte[] all) throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var stub = new StubServer(http, page, all);
    http.setExecutor(stub.threads);
    http.createContext("/", stub::answer);
    http.start();
    return stub;
  }

  static String taskId(int number, long end) {
    return "task-%s-%s".formatted(number, end);
  }

  String url() {
    return "http://localhost:%s/v2/api".formatted(http.getAddress().getPort());
  }

  /// The same without streams of events.
  String pollingUrl() {
    return "http://localhost:%s%s/v2/api".formatted(http.getAddress().getPort(), POLLING);
  }

  /// How many requests there were since the last time that this was asked.
  int requests() {
    return requests.getAndSet(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var path = exchange.getRequestURI().getPath();
      switch (path.replace(POLLING, "")) {
        case "/v2/api/login" -> send(exchange, 200, "{\"data\":{\"token\":\"t\"}}");
        case "/v2/api/get-vms" -> send(exchange, body.contains("first") ? page : all);
        case "/v2/api/get-tasks" -> send(exchange, 200, tasks(body));
        case "/v2/events" -> {
          if (path.startsWith(POLLING)) {
            send(exchange, 404, "{\"message\":\"no such path\"}");
          } else {
            sendEvents(exchange, ids(exchange.getRequestURI().getQuery(), id -> true));
          }
        }
        default -> send(exchange, 404, "{\"message\":\"no such path\"}");
      }
    }
  }

  private static String[] ids(String text, Predicate<String> which) {
    return TASK.matcher(text)
        .results()
        .map(found -> found.group())
        .filter(which)
        .toArray(String[]::new);
  }

  private static long end(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }

  private static String tasks(String body) {
    var now = System.currentTimeMillis();
    return Arrays.stream(ids(body, id -> true))
        .map(id ->
            """
            {"id":"%s","status":"%s","progress":0,"args":{},"description":"","internal":false,\
            "local_created_at":"2026-01-31T08:00:00.000Z","snapshot":"{}","steps":[]}\
            """
                .formatted(id, end(id) <= now ? "SUCCESSED" : "EXECUTING"))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void sendEvents(HttpExchange exchange, String[] ids) throws IOException {
    exchange.getResponseHeaders().add("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var stream = exchange.getResponseBody();
    stream.write("id: 1\n\n".getBytes(StandardCharsets.UTF_8));
    stream.flush();
    Arrays.sort(ids, (one, other) -> Long.compare(end(one), end(other)));
    for (var id : ids) {
      sleepUntil(end(id));
      var event =
          """
          id: 2
          event: change
          data: {"revision":"2","action":"UPDATE","resource_type":"Task","resource_id":"%s",\
          "created_at":"2026-01-31T08:00:00.000Z","old_value":{},"new_value":{"status":"SUCCESSED"}}

          """
              .formatted(id);
      stream.write(event.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    }
  }

  private static void sleepUntil(long time) throws IOException {
    try {
      Thread.sleep(Math.max(0, time - System.currentTimeMillis()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, byte[] json) throws IOException {
    send(exchange, 200, json);
  }

  private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}

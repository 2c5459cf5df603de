package io.belfry.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.UserApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A thousand streams of events, all for the same changes: how long after the answer to a change
/// they have it.
final class EventsBenchmark implements Benchmarks.Benchmark {
  private static final int STREAMS = Integer.getInteger("streams", 1_000);
  private static final int CHANGES = 30;

  @Override
  public List<Result> run() throws Exception {
    try (var server = ServerProcess.start(ServerProcess.temporaryDirectory());
        var client = server.connect();
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var sockets = new ArrayList<Socket>();
      try {
        var arrivals = new ConcurrentHashMap<String, Arrivals>();
        var token = server.token();
        var open = new CountDownLatch(STREAMS);
        for (var i = 0; i < STREAMS; i++) {
          var socket = connect(URI.create(server.url()).getPort(), token);
          sockets.add(socket);
          var _ = readers.submit(() -> read(socket, arrivals, open));
        }
        open.await();
        return measure(client, arrivals);
      } finally {
        for (var socket : sockets) {
          socket.close();
        }
      }
    }
  }

  /// When the events of one change arrive, in nanoseconds.
  @SuppressWarnings("ArrayRecordComponent") // filled in, never compared
  private record Arrivals(long[] nanos, CountDownLatch missing) {
    synchronized void add(long now) {
      var place = (int) missing.getCount() - 1;
      if (place >= 0) {
        nanos[place] = now;
        missing.countDown();
      }
    }
  }

  private static Socket connect(int port, String token) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write(
            "GET /v2/events?resource_type=Task HTTP/1.1\r\nHost: benchmark\r\nAuthorization: %s\r\n\r\n"
                .formatted(token)
                .getBytes(UTF_8));
    return socket;
  }

  private static Boolean read(
      Socket socket, ConcurrentHashMap<String, Arrivals> arrivals, CountDownLatch open)
      throws IOException {
    var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    var counted = false;
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!counted && line.startsWith("id: ")) {
        counted = true;
        open.countDown();
      }
      if (line.startsWith("data: ")) {
        var now = System.nanoTime();
        var event = line;
        arrivals.forEach((id, all) -> {
          if (event.contains("\"resource_id\":\"" + id + "\"")) {
            all.add(now);
          }
        });
      }
    }
    return true;
  }

  private static List<Result> measure(
      ApiClient client, ConcurrentHashMap<String, Arrivals> arrivals) throws Exception {
    var user = new UserApi(client).getMyInfo().id();
    var delays = new double[CHANGES * STREAMS];
    for (var change = 0; change < CHANGES; change++) {
      var id = "event-" + change;
      var all = new Arrivals(new long[STREAMS], new CountDownLatch(STREAMS));
      arrivals.clear();
      arrivals.put(id, all);
      client.call("create-task", task(id, user));
      var answered = System.nanoTime();
      if (!all.missing().await(1, TimeUnit.MINUTES)) {
        throw new IOException("%s events are missing".formatted(all.missing().getCount()));
      }
      for (var i = 0; i < STREAMS; i++) {
        delays[change * STREAMS + i] = Math.max(0, (all.nanos()[i] - answered) / 1e6);
      }
    }
    Arrays.sort(delays);
    var what = String.format(Locale.ROOT, "change to event, %,d streams, ", STREAMS);
    return List.of(
        Result.alone(what + "median", "ms", delays[delays.length / 2]),
        Result.alone(what + "p99", "ms", delays[delays.length * 99 / 100]));
  }

  private static Json task(String id, String user) {
    return Json.array(
        Json.object(
            "id",
            id,
            "user_id",
            user,
            "resource_type",
            "Benchmark",
            "resource_mutation",
            "benchmark",
            "description",
            Json.object("en-US", "Benchmark", "zh-CN", "基准")));
  }
}

package io.belfry.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// A program that uses an SDK and prints what it measured of it, a line `name value` each. The
/// first argument names the [SdkClient], the second what to do, the third the stub's address.
public final class SdkProgram {
  private static final int PAGE = 50;
  private static final int DECODINGS = 9;

  private SdkProgram() {}

  public static void main(String[] arguments) throws Exception {
    var type = Class.forName(arguments[0]).asSubclass(SdkClient.class);
    try (var client = type.getConstructor().newInstance()) {
      var url = arguments[2];
      switch (arguments[1]) {
        case "start" -> start(client, url);
        case "calls" -> calls(client, url, Integer.parseInt(arguments[3]));
        case "decode" -> decode(client, url);
        case "wait" -> waitForTasks(client, url, Integer.parseInt(arguments[3]));
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  private static void print(String name, long value) {
    System.out.println(name + " " + value);
  }

  private static void print(String name, double value) {
    System.out.println(name + " " + value);
  }

  private static void start(SdkClient client, String url) throws Exception {
    client.connect(url);
    print("memory", client.getVms(PAGE));
  }

  /// CPU time is that of this process, so the stub's does not count.
  private static void calls(SdkClient client, String url, int threads) throws Exception {
    client.connect(url);
    Load.perSecond(threads, () -> client.getVms(PAGE)); // to warm up
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var begun = System.nanoTime();
    var cpu = system.getProcessCpuTime();
    var calls = Load.count(threads, Load.length(), () -> client.getVms(PAGE));
    print("calls-per-cpu-second", calls * 1e9 / (system.getProcessCpuTime() - cpu));
    print("calls-per-second", calls * 1e9 / (System.nanoTime() - begun));
  }

  private static void decode(SdkClient client, String url) throws Exception {
    var answer = answer(url);
    print("millis", Load.medianMillis(DECODINGS, () -> client.decode(answer)));
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = thread.getCurrentThreadAllocatedBytes();
    print("memory", client.decode(answer));
    print("allocated", thread.getCurrentThreadAllocatedBytes() - before);
  }

  private static byte[] answer(String url) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var all = HttpRequest.BodyPublishers.ofString("{}");
      var request = HttpRequest.newBuilder(URI.create(url + "/get-vms")).POST(all).build();
      return http.send(request, BodyHandlers.ofByteArray()).body();
    }
  }

  /// Waits for tasks that end at times within two seconds, which their ids say.
  private static void waitForTasks(SdkClient client, String url, int count) throws Exception {
    client.connect(url);
    var now = System.currentTimeMillis();
    var ends = new Random(42).longs(count, now, now + 2_000).toArray();
    var ids = IntStream.range(0, count).mapToObj(i -> StubServer.taskId(i, ends[i])).toList();
    try {
      client.waitForTasks(ids);
    } catch (UnsupportedOperationException _) {
      return; // there is nothing to measure
    }
    print("delay", System.currentTimeMillis() - Arrays.stream(ends).max().orElse(now));
  }
}

package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Belfry's SDK beside the floor, and beside a peer that is given by `-Dpeer=` a class path,
/// `-Dpeer.class=` an [SdkClient] in it, and `-Dpeer.name=` what the table calls it. Each
/// measurement is a process of its own, against one stub server in this process, in turns, so that
/// a busy moment hits all alike.
final class SdkBenchmark implements Benchmarks.Benchmark {
  private static final int VMS = 10_000;
  private static final int PAGE = 50;
  private static final int STARTS = 15;
  private static final int ROUNDS = 3;
  private static final int TASKS = 100;

  /// Who is measured.
  ///
  /// @param type the [SdkClient]
  /// @param jars what a user of it has on the class path
  private record Contestant(String name, String type, List<Path> jars) {
    /// What the process printed, and when the first line and the end came, in milliseconds.
    Map<String, Double> run(Object... arguments) throws Exception {
      var command = new ArrayList<>(List.of(ServerProcess.java(), "-Xmx2g"));
      command.add("-Dseconds=" + Load.length().toSeconds());
      command.add("-cp");
      command.add(classPath(jars) + File.pathSeparator + classPath(List.of(ownJar())));
      command.addAll(List.of(SdkProgram.class.getName(), type));
      Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
      var begun = System.nanoTime();
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var measured = new LinkedHashMap<String, Double>();
      try (var output = process.inputReader()) {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
          measured.putIfAbsent("first-line", millisSince(begun));
          var words = line.split(" ", 2);
          measured.put(words[0], Double.valueOf(words[1]));
        }
      }
      if (process.waitFor() != 0) {
        throw new IOException("%s failed: %s".formatted(name, String.join(" ", command)));
      }
      measured.put("exit", millisSince(begun));
      return measured;
    }

    private static double millisSince(long begun) {
      return (System.nanoTime() - begun) / 1e6;
    }
  }

  /// One kind of measurement of all contestants.
  private record Comparison(Map<Contestant, List<Map<String, Double>>> runs) {
    double median(Contestant contestant, String name) {
      var values =
          runs.getOrDefault(contestant, List.of()).stream()
              .mapToDouble(run -> run.getOrDefault(name, Double.NaN))
              .sorted()
              .toArray();
      return values[values.length / 2];
    }
  }

  private final List<Result> results = new ArrayList<>();

  @Override
  public List<Result> run() throws Exception {
    var belfry = new Contestant("Belfry", BelfrySdkClient.class.getName(), sdkJars());
    var floor = new Contestant("floor", FloorSdkClient.class.getName(), List.of(jacksonJar()));
    var peers = peers(floor);
    try (var stub = stub()) {
      start(belfry, peers, stub);
      for (var threads : List.of(1, 16)) {
        calls(belfry, peers, stub, threads);
      }
      decode(belfry, peers, stub);
      waiting(belfry, peers, stub, stub.url(), "by events");
      waiting(belfry, peers, stub, stub.pollingUrl(), "by polling");
    }
    size(belfry, peers.subList(1, peers.size()));
    return results;
  }

  private static List<Contestant> peers(Contestant floor) {
    var peer = System.getProperty("peer");
    if (peer == null) {
      return List.of(floor);
    }
    var jars = Arrays.stream(peer.split(File.pathSeparator)).map(Path::of).toList();
    return List.of(
        floor,
        new Contestant(
            System.getProperty("peer.name", "peer"), System.getProperty("peer.class", ""), jars));
  }

  private static Comparison compare(
      Contestant belfry, List<Contestant> peers, int rounds, Object... arguments) throws Exception {
    var all = new ArrayList<>(peers);
    all.add(0, belfry);
    var runs = new LinkedHashMap<Contestant, List<Map<String, Double>>>();
    for (var round = 0; round < rounds; round++) {
      for (var contestant : all) {
        runs.computeIfAbsent(contestant, one -> new ArrayList<>()).add(contestant.run(arguments));
      }
    }
    return new Comparison(runs);
  }

  private void report(
      String what,
      String unit,
      double scale,
      Comparison comparison,
      Contestant belfry,
      List<Contestant> peers,
      String name) {
    var ours = comparison.median(belfry, name) / scale;
    for (var peer : peers) {
      results.add(new Result(what, unit, ours, peer.name(), comparison.median(peer, name) / scale));
    }
    if (peers.isEmpty()) {
      results.add(Result.alone(what, unit, ours));
    }
  }

  private void start(Contestant belfry, List<Contestant> peers, StubServer stub) throws Exception {
    var starts = compare(belfry, peers, STARTS, "start", stub.url());
    report("JVM start to first 50 VMs", "ms", 1, starts, belfry, peers, "first-line");
    report("JVM start to exit after them", "ms", 1, starts, belfry, peers, "exit");
  }

  private void calls(Contestant belfry, List<Contestant> peers, StubServer stub, int threads)
      throws Exception {
    var calls = compare(belfry, peers, ROUNDS, "calls", stub.url(), threads);
    var what = "get-vms, 50 VMs, %s thread%s".formatted(threads, threads == 1 ? "" : "s");
    report(what, "calls/CPU s", 1, calls, belfry, peers, "calls-per-cpu-second");
  }

  private void decode(Contestant belfry, List<Contestant> peers, StubServer stub) throws Exception {
    var decodings = compare(belfry, peers, ROUNDS, "decode", stub.url());
    report("decode 10,000 VMs", "ms", 1, decodings, belfry, peers, "millis");
    report("decode 10,000 VMs, allocated", "MB", 1e6, decodings, belfry, peers, "allocated");
  }

  private void waiting(
      Contestant belfry, List<Contestant> peers, StubServer stub, String url, String how)
      throws Exception {
    var all = new ArrayList<>(peers);
    all.add(0, belfry);
    for (var contestant : all) {
      stub.requests();
      var delay = contestant.run("wait", url, TASKS).get("delay");
      if (delay != null) {
        var what = "%s: wait for 100 tasks %s".formatted(contestant.name(), how);
        results.add(Result.alone(what + ", after the last end", "ms", delay));
        results.add(Result.alone(what + ", with login", "requests", stub.requests()));
      }
    }
  }

  private void size(Contestant belfry, List<Contestant> peers) throws IOException {
    if (peers.isEmpty()) {
      results.add(Result.alone("jars of the SDK and what it needs", "MB", megabytes(belfry)));
    }
    for (var peer : peers) {
      results.add(
          new Result(
              "jars of the SDK and what it needs",
              "MB",
              megabytes(belfry),
              peer.name(),
              megabytes(peer)));
    }
  }

  private static double megabytes(Contestant contestant) throws IOException {
    var bytes = 0L;
    for (var jar : contestant.jars()) {
      bytes += Files.size(jar);
    }
    return bytes / 1e6;
  }

  /// A stub with what a real server answers.
  private static StubServer stub() throws Exception {
    try (var server =
            ServerProcess.start(ServerProcess.temporaryDirectory(), "--simulate", VMS + "-vms");
        var http = HttpClient.newHttpClient()) {
      return StubServer.start(vms(server, http, PAGE), vms(server, http, VMS));
    }
  }

  private static byte[] vms(ServerProcess server, HttpClient http, int count) throws Exception {
    var body = HttpRequest.BodyPublishers.ofString("{\"first\": %s}".formatted(count));
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/get-vms"))
            .header("content-type", "application/json")
            .header("authorization", server.token())
            .POST(body)
            .build();
    return http.send(request, BodyHandlers.ofByteArray()).body();
  }

  private static List<Path> sdkJars() {
    return List.of(jar("belfry-sdk-"), jacksonJar());
  }

  private static Path jacksonJar() {
    return jar("jackson-core-");
  }

  private static Path ownJar() {
    return jar("belfry-benchmarks-");
  }

  private static Path jar(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no jar " + name + "… on the class path"));
  }

  private static String classPath(List<Path> jars) {
    return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
  }
}

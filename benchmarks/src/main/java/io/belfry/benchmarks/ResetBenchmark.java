package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Going back to the seed as between two tests: after two VMs were powered off and one of them was
/// deleted; after one was powered off; and where nothing was done. From the request to the answer.
///
/// First in JVMs of tests with their server in them, then of one server in a process of its own,
/// for longer. In the first resets, Java and PostgreSQL do all for the first time, and up to the
/// hundredth Java still compiles much: so those are told apart from the others.
final class ResetBenchmark implements Benchmarks.Benchmark {
  private static final int SUITES = 7;
  private static final int TESTS = 100;
  private static final int EARLY = 100;
  private static final int LATER = 200;

  private final List<Result> results = new ArrayList<>();

  @Override
  public List<Result> run() throws Exception {
    suites();
    longRun();
    return results;
  }

  private void suites() throws Exception {
    var cache = ServerProcess.temporaryDirectory();
    TestSuite.run(cache, List.of(), 0); // fills the cache
    var suites = new ArrayList<List<Double>>();
    for (var i = 0; i < SUITES; i++) {
      suites.add(TestSuite.run(cache, List.of(), TESTS).resets());
    }
    suites(suites, "the very first", 1, 1);
    suites(suites, "2nd to 6th", 2, 6);
    suites(suites, "7th to 21st", 7, 21);
    suites(suites, "22nd to 100th", 22, TESTS);
    suites(suites, "all 100", 1, TESTS);
  }

  private void suites(List<List<Double>> suites, String which, int first, int last) {
    var resets =
        suites.stream().flatMap(suite -> suite.subList(first - 1, last).stream()).sorted().toList();
    report(
        "reset in a JVM of tests, 3 changes each, %s, median of %s JVMs".formatted(which, SUITES),
        resets,
        50);
  }

  private void longRun() throws Exception {
    try (var server =
            ServerProcess.start(
                ServerProcess.temporaryDirectory(), "--simulate", "small", "--speed", "instant");
        var client = server.connect()) {
      var simulator = new Simulator(client);
      var vms = new VmApi(client);
      resets(EARLY, simulator, () -> TestSuite.powerOffTwoAndDeleteOne(vms));
      var later = resets(LATER, simulator, () -> TestSuite.powerOffTwoAndDeleteOne(vms));
      report("reset after a test with 3 changes, 100th to 300th, median", later, 50);
      report("the same, p95", later, 95);
      var small = resets(LATER, simulator, () -> TestSuite.powerOffOne(vms));
      report("reset after a test with 1 change, median", small, 50);
      var idle = resets(LATER, simulator, () -> {});
      report("reset after a test without changes, median", idle, 50);
    }
  }

  private static List<Double> resets(int count, Simulator simulator, Runnable test) {
    return Stream.generate(
            () -> {
              test.run();
              return TestSuite.reset(simulator);
            })
        .limit(count)
        .sorted()
        .toList();
  }

  private void report(String what, List<Double> sorted, int percent) {
    results.add(Result.alone(what, "ms", sorted.get(sorted.size() * percent / 100)));
  }
}

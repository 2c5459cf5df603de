package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What the first test of a JVM pays for its server: from the start of the JVM to the first answer
/// of a server in it, as the test kit starts one; and the same on a machine that has never had one.
final class FirstTestBenchmark implements Benchmarks.Benchmark {
  private static final int RUNS = 7;
  private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1");

  @Override
  public List<Result> run() throws Exception {
    var cache = ServerProcess.temporaryDirectory();
    var never = millis(cache, List.of());
    return List.of(
        result("first test, JVM start to first answer", cache, List.of(), never),
        result("the same with " + FAST_START.getFirst(), cache, FAST_START, never));
  }

  private static Result result(String what, Path cache, List<String> options, double never)
      throws Exception {
    var millis = new double[RUNS];
    for (var i = 0; i < RUNS; i++) {
      millis[i] = millis(cache, options);
    }
    Arrays.sort(millis);
    return new Result(
        what + ", median of " + RUNS, "ms", millis[RUNS / 2], "with an empty cache", never);
  }

  private static double millis(Path cache, List<String> options) throws Exception {
    return TestSuite.run(cache, options, 0).firstAnswer();
  }
}

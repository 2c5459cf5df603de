package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// From starting the process to the first page of VMs, on an empty data directory and on one that
/// is there; compared with a JVM that does nothing.
final class StartBenchmark implements Benchmarks.Benchmark {
  private static final int RESTARTS = 5;

  @Override
  public List<Result> run() throws Exception {
    var directory = ServerProcess.temporaryDirectory();
    var results = new ArrayList<Result>();
    results.add(Result.alone("first start to first answer (100 VMs)", "ms", startOnce(directory)));
    var restarts = new double[RESTARTS];
    for (var i = 0; i < RESTARTS; i++) {
      restarts[i] = startOnce(directory);
    }
    Arrays.sort(restarts);
    var floor = Load.medianMillis(RESTARTS, StartBenchmark::emptyJvm);
    results.add(
        new Result(
            "restart to first answer, median of " + RESTARTS,
            "ms",
            restarts[RESTARTS / 2],
            "java -version",
            floor));
    return results;
  }

  private static double startOnce(Path directory) throws Exception {
    var begun = System.nanoTime();
    try (var server = ServerProcess.start(directory);
        var client = server.connect()) {
      new VmApi(client).getVms(q -> q.where(Vm.NAME.contains("web")).first(50));
      return (System.nanoTime() - begun) / 1e6;
    }
  }

  private static int emptyJvm() throws Exception {
    return new ProcessBuilder(ServerProcess.java(), "-version")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}

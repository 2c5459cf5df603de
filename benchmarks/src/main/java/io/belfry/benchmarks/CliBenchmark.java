package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// From typing a command to its end: `./belfry`, built before with `./belfry build`, compared with
/// a JVM that does nothing. `-Dbelfry.root` says where the checkout is.
final class CliBenchmark implements Benchmarks.Benchmark {
  private static final int RUNS = 15;

  @Override
  public List<Result> run() throws Exception {
    try (var server = ServerProcess.start(ServerProcess.temporaryDirectory())) {
      var token = server.token();
      var floor =
          Load.medianMillis(RUNS, () -> run(server, token, ServerProcess.java(), "-version"));
      return List.of(
          result("belfry vm --help", server, token, floor, "--help"),
          result("belfry vm count", server, token, floor, "count"));
    }
  }

  private static Result result(
      String what, ServerProcess server, String token, double floor, String word) throws Exception {
    var belfry = Path.of(System.getProperty("belfry.root", "."), "belfry").toString();
    var millis = Load.medianMillis(RUNS, () -> run(server, token, belfry, "vm", word));
    return new Result(what + ", median of " + RUNS, "ms", millis, "java -version", floor);
  }

  private static int run(ServerProcess server, String token, String... command) throws Exception {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("BELFRY_URL", server.url());
    builder.environment().put("BELFRY_TOKEN", token);
    var exitCode = builder.start().waitFor();
    if (exitCode != 0) {
      throw new IOException("%s ended with %s".formatted(String.join(" ", command), exitCode));
    }
    return exitCode;
  }
}

package io.belfry.benchmarks;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Transport;
import io.belfry.sdk.api.VmApi;
import io.belfry.server.EphemeralServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /// Until the answer; the JVM stops its server in order afterwards, as after the last test.
  private static double millis(Path cache, List<String> options) throws Exception {
    var command = new ArrayList<>(List.of(ServerProcess.java()));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FirstTest.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    var begun = System.nanoTime();
    var process = builder.start();
    try (var output = process.inputReader()) {
      var said = output.readLine();
      var millis = (System.nanoTime() - begun) / 1e6;
      if (!FirstTest.ANSWERED.equals(said) || process.waitFor() != 0) {
        throw new IOException("the server in a new JVM didn't answer; it said " + said);
      }
      return millis;
    } finally {
      process.destroyForcibly();
    }
  }

  /// The program of that JVM.
  static final class FirstTest {
    static final String ANSWERED = "answered";
    private static final String PASSWORD = "of-the-tests";

    private FirstTest() {}

    public static void main(String[] arguments) {
      var transport = supplyAsync(() -> Transport.of(Configuration.of("http://127.0.0.1")));
      try (var server =
          EphemeralServer.start(
              Path.of("/dev/shm"), List.of("--speed", "instant", "--root-password", PASSWORD))) {
        var url = "http://127.0.0.1:%s/v2/api".formatted(server.port());
        var client =
            ApiClient.builder(Configuration.of(url))
                .transport(transport.join())
                .build()
                .login(Credentials.local("root", PASSWORD));
        var vms = new VmApi(client).getVms(q -> q.first(50));
        System.out.println(vms.size() == 50 ? ANSWERED : "answered with other VMs: " + vms.size());
        client.close();
      }
    }
  }
}

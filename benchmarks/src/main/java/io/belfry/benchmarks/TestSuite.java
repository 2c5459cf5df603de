package io.belfry.benchmarks;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Configuration;
import io.belfry.sdk.Credentials;
import io.belfry.sdk.Transport;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.simulator.Simulator;
import io.belfry.server.EphemeralServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A JVM of tests with a server in it, as the test kit starts one. Prints a line when the server
/// has answered, then how many milliseconds the reset after each test took.
final class TestSuite {
  private static final String PASSWORD = "of-the-tests";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TestSuite() {}

  /// What a JVM said.
  ///
  /// @param firstAnswer after how many milliseconds since its start the server had answered
  /// @param resets how many milliseconds each took, in order
  record Run(double firstAnswer, List<Double> resets) {}

  /// @param cache where the server keeps what later ones need
  /// @param options of the JVM
  /// @param tests how many there are; each powers off two VMs and deletes one of them
  static Run run(Path cache, List<String> options, int tests) throws Exception {
    var command = new ArrayList<>(List.of(ServerProcess.java()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TestSuite.class.getName(), String.valueOf(tests)));
    var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    var begun = System.nanoTime();
    var process = builder.start();
    try (var output = process.inputReader()) {
      var vms = output.readLine();
      var firstAnswer = millisSince(begun);
      var resets = output.lines().map(Double::valueOf).toList();
      if (!"50".equals(vms) || resets.size() != tests || process.waitFor() != 0) {
        throw new IOException(
            "the server in a new JVM answered %s VMs and %s resets, not 50 and %s"
                .formatted(vms, resets.size(), tests));
      }
      return new Run(firstAnswer, resets);
    } finally {
      process.destroyForcibly();
    }
  }

  /// The program of that JVM, which stops its server in order in the end.
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
      var vms = new VmApi(client);
      System.out.println(vms.getVms(q -> q.first(50)).size());
      var simulator = new Simulator(client);
      for (var left = Integer.parseInt(arguments[0]); left > 0; left--) {
        powerOffTwoAndDeleteOne(vms);
        System.out.println(reset(simulator));
      }
      client.close();
    }
  }

  /// A test with three changes.
  static void powerOffTwoAndDeleteOne(VmApi vms) {
    var running = powerOff(2, vms);
    vms.deleteVm(Vm.ID.is(running.getFirst())).await(PATIENCE);
  }

  /// A test with one change.
  static void powerOffOne(VmApi vms) {
    powerOff(1, vms);
  }

  private static List<String> powerOff(int count, VmApi vms) {
    var ids =
        vms.getVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)).first(count)).stream()
            .map(Vm::id)
            .toList();
    vms.poweroffVm(Vm.ID.in(ids)).await(PATIENCE);
    return ids;
  }

  /// Goes back to the seed, and says in how many milliseconds.
  static double reset(Simulator simulator) {
    var begun = System.nanoTime();
    simulator.reset();
    return millisSince(begun);
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }
}

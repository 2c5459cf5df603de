package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.simulator.Simulator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Going back to the seed as between two tests: after two VMs were powered off and one of them was
/// deleted; and where nothing was done. From the request to the answer. Java still compiles much in
/// the first hundred, so those are told apart from the others.
final class ResetBenchmark implements Benchmarks.Benchmark {
  private static final int WARM_UP = 20;
  private static final int EARLY = 80;
  private static final int LATER = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public List<Result> run() throws Exception {
    try (var server =
            ServerProcess.start(
                ServerProcess.temporaryDirectory(), "--simulate", "small", "--speed", "instant");
        var client = server.connect()) {
      var simulator = new Simulator(client);
      resets(WARM_UP, client, simulator);
      var early = resets(EARLY, client, simulator);
      var later = resets(LATER, client, simulator);
      var idle = new double[LATER];
      for (var i = 0; i < LATER; i++) {
        idle[i] = reset(simulator);
      }
      Arrays.sort(idle);
      return List.of(
          Result.alone(
              "reset after a test with 3 changes, 20th to 100th, median", "ms", median(early)),
          Result.alone(
              "reset after a test with 3 changes, 100th to 300th, median", "ms", median(later)),
          Result.alone("the same, p95", "ms", later[later.length * 95 / 100]),
          Result.alone("reset after a test without changes, median", "ms", median(idle)));
    }
  }

  private static double[] resets(int count, ApiClient client, Simulator simulator) {
    var millis = new double[count];
    for (var i = 0; i < count; i++) {
      change(client);
      millis[i] = reset(simulator);
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void change(ApiClient client) {
    var vms = new VmApi(client);
    var running = vms.getVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)).first(2));
    vms.poweroffVm(Vm.ID.in(running.get(0).id(), running.get(1).id())).await(PATIENCE);
    vms.deleteVm(Vm.ID.is(running.get(0).id())).await(PATIENCE);
  }

  private static double reset(Simulator simulator) {
    var begun = System.nanoTime();
    simulator.reset();
    return (System.nanoTime() - begun) / 1e6;
  }
}

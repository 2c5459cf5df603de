package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import io.belfry.sdk.simulator.Simulator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Going back to the seed as between two tests: after two VMs were powered off and one of them was
/// deleted; after one was powered off; and where nothing was done. From the request to the answer.
/// In the first ones, Java and PostgreSQL do all for the first time, and up to the hundredth Java
/// still compiles much: so those are told apart from the others.
final class ResetBenchmark implements Benchmarks.Benchmark {
  private static final int FIRST = 20;
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
      var vms = new VmApi(client);
      var veryFirst = resets(1, simulator, () -> powerOffTwoAndDeleteOne(vms));
      var first = resets(FIRST - 1, simulator, () -> powerOffTwoAndDeleteOne(vms));
      var early = resets(EARLY, simulator, () -> powerOffTwoAndDeleteOne(vms));
      var later = resets(LATER, simulator, () -> powerOffTwoAndDeleteOne(vms));
      var small = resets(LATER, simulator, () -> powerOff(running(vms, 1), vms));
      var idle = resets(LATER, simulator, () -> {});
      return List.of(
          Result.alone("very first reset, after a test with 3 changes", "ms", median(veryFirst)),
          Result.alone(
              "2nd to 20th reset after a test with 3 changes, median", "ms", median(first)),
          Result.alone(
              "reset after a test with 3 changes, 20th to 100th, median", "ms", median(early)),
          Result.alone(
              "reset after a test with 3 changes, 100th to 300th, median", "ms", median(later)),
          Result.alone("the same, p95", "ms", later[later.length * 95 / 100]),
          Result.alone("reset after a test with 1 change, median", "ms", median(small)),
          Result.alone("reset after a test without changes, median", "ms", median(idle)));
    }
  }

  private static double[] resets(int count, Simulator simulator, Runnable test) {
    var millis = new double[count];
    for (var i = 0; i < count; i++) {
      test.run();
      millis[i] = reset(simulator);
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static void powerOffTwoAndDeleteOne(VmApi vms) {
    var running = running(vms, 2);
    powerOff(running, vms);
    vms.deleteVm(Vm.ID.is(running.getFirst())).await(PATIENCE);
  }

  private static List<String> running(VmApi vms, int count) {
    return vms.getVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)).first(count)).stream()
        .map(Vm::id)
        .toList();
  }

  private static void powerOff(List<String> ids, VmApi vms) {
    vms.poweroffVm(Vm.ID.in(ids)).await(PATIENCE);
  }

  private static double reset(Simulator simulator) {
    var begun = System.nanoTime();
    simulator.reset();
    return (System.nanoTime() - begun) / 1e6;
  }
}

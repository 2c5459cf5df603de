package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Ten thousand VMs are switched off by one request and started again by another, as after a power
/// failure.
final class StormBenchmark implements Benchmarks.Benchmark {
  private static final int VMS = Integer.getInteger("storm", 10_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public List<Result> run() throws Exception {
    try (var server =
            ServerProcess.start(
                ServerProcess.temporaryDirectory(),
                "--simulate",
                3 * VMS + "-vms",
                "--speed",
                "instant");
        var client = server.connect()) {
      var api = new VmApi(client);
      var ids =
          api.getVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)).first(VMS)).stream()
              .map(Vm::id)
              .toList();
      api.poweroffVm(Vm.ID.in(ids)).await(PATIENCE);
      var begun = System.nanoTime();
      var started = api.startVm(Vm.ID.in(ids));
      var accepted = (System.nanoTime() - begun) / 1e9;
      started.await(PATIENCE);
      var all = (System.nanoTime() - begun) / 1e9;
      return List.of(
          Result.alone(
              String.format(Locale.ROOT, "boot storm of %,d VMs, until accepted", ids.size()),
              "s",
              accepted),
          Result.alone(
              String.format(Locale.ROOT, "boot storm of %,d VMs, until all run", ids.size()),
              "s",
              all));
    }
  }
}

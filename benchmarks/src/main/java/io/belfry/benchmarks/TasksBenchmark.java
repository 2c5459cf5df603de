package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.util.List;

/// Batches of tasks, from the request to the end of the last one: powering VMs off and starting
/// them again, in a data centre without delays of its own.
final class TasksBenchmark implements Benchmarks.Benchmark {
  private static final int VMS = 1_000;

  @Override
  public List<Result> run() throws Exception {
    try (var server =
            ServerProcess.start(
                ServerProcess.temporaryDirectory(),
                "--simulate",
                "3000-vms",
                "--speed",
                "instant");
        var client = server.connect()) {
      var ids = runningVms(client);
      var off = seconds(() -> new VmApi(client).poweroffVm(Vm.ID.in(ids)).await(PATIENCE));
      var on = seconds(() -> new VmApi(client).startVm(Vm.ID.in(ids)).await(PATIENCE));
      return List.of(
          Result.alone("poweroff-vm of %,d VMs".formatted(ids.size()), "tasks/s", ids.size() / off),
          Result.alone("start-vm of %,d VMs".formatted(ids.size()), "tasks/s", ids.size() / on));
    }
  }

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static List<String> runningVms(ApiClient client) {
    return new VmApi(client)
        .getVms(q -> q.where(Vm.STATUS.is(VmStatus.RUNNING)).first(VMS)).stream()
            .map(Vm::id)
            .toList();
  }

  private static double seconds(Runnable action) {
    var begun = System.nanoTime();
    action.run();
    return (System.nanoTime() - begun) / 1e9;
  }
}

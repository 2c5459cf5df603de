package io.belfry.benchmarks;

import io.belfry.benchmarks.Benchmarks.Result;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.Json;
import io.belfry.sdk.api.ClusterApi;
import io.belfry.sdk.api.TaskApi;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Cluster;
import io.belfry.sdk.model.ClusterType;
import io.belfry.sdk.model.Task;
import io.belfry.sdk.model.Vm;
import io.belfry.sdk.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/// Tasks in a data centre without delays of its own. Batches, from the request to the end of the
/// last task: powering VMs off, starting them again, creating some. And how long a single task
/// waits until it is worked on, and its end until the SDK knows of it, by the times that it shows.
final class TasksBenchmark implements Benchmarks.Benchmark {
  private static final int VMS = 1_000;
  private static final int CREATED = 500;
  private static final int SINGLE = 200;

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
      var created = creations(client);
      var create = seconds(() -> new VmApi(client).createVm(created).await(PATIENCE));
      var results = new ArrayList<Result>();
      results.add(
          Result.alone(
              String.format(Locale.ROOT, "poweroff-vm of %,d VMs", ids.size()),
              "tasks/s",
              ids.size() / off));
      results.add(
          Result.alone(
              String.format(Locale.ROOT, "start-vm of %,d VMs", ids.size()),
              "tasks/s",
              ids.size() / on));
      results.add(
          Result.alone(
              String.format(Locale.ROOT, "create-vm of %,d VMs", CREATED),
              "tasks/s",
              CREATED / create));
      results.addAll(waits(client, ids.subList(0, SINGLE)));
      return results;
    }
  }

  /// Blank VMs with one disk each.
  private static Json creations(ApiClient client) {
    var cluster =
        new ClusterApi(client)
            .getClusters(q -> q.where(Cluster.TYPE.is(ClusterType.SMTX_OS)).first(1))
            .get(0)
            .id();
    var vms = new ArrayList<Json>();
    for (var i = 0; i < CREATED; i++) {
      var volume =
          Json.object(
              "name", "disk", "size", 1L << 30, "elf_storage_policy", "REPLICA_2_THIN_PROVISION");
      var disk = Json.object("boot", 0, "bus", "VIRTIO", "vm_volume", volume);
      vms.add(
          Json.object(
              "cluster_id",
              cluster,
              "name",
              "created-" + i,
              "status",
              "STOPPED",
              "firmware",
              "BIOS",
              "ha",
              true,
              "memory",
              1L << 30,
              "cpu_cores",
              1,
              "cpu_sockets",
              1,
              "vm_nics",
              List.of(),
              "vm_disks",
              Json.object("mount_new_create_disks", List.of(disk))));
    }
    return Json.of(vms);
  }

  private static List<Result> waits(ApiClient client, List<String> ids) {
    var api = new VmApi(client);
    var known = new HashMap<String, Instant>();
    for (var id : ids) {
      var off = api.poweroffVm(Vm.ID.is(id));
      off.await(PATIENCE);
      off.taskIds().forEach(task -> known.put(task, Instant.now()));
    }
    var tasks = new TaskApi(client).getTasks(Task.ID.in(List.copyOf(known.keySet())));
    var begin = millis(tasks, task -> Duration.between(task.localCreatedAt(), task.startedAt()));
    var end =
        millis(
            tasks,
            task ->
                Duration.between(task.finishedAt(), Objects.requireNonNull(known.get(task.id()))));
    return List.of(
        Result.alone("single task, queued until worked on, median", "ms", at(begin, 50)),
        Result.alone("single task, queued until worked on, p95", "ms", at(begin, 95)),
        Result.alone("single task, ended until the SDK knows, median", "ms", at(end, 50)),
        Result.alone("single task, ended until the SDK knows, p95", "ms", at(end, 95)));
  }

  private static double[] millis(List<Task> tasks, Function<Task, Duration> duration) {
    return tasks.stream().mapToDouble(task -> duration.apply(task).toMillis()).sorted().toArray();
  }

  private static double at(double[] sorted, int percent) {
    return sorted[sorted.length * percent / 100];
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

package io.belfry.examples.request;

import io.belfry.examples.Program;
import io.belfry.sdk.ApiClient;
import io.belfry.sdk.TaskFailedException;
import io.belfry.sdk.TaskTimeoutException;
import io.belfry.sdk.Tasks;
import io.belfry.sdk.api.VmApi;
import io.belfry.sdk.model.Vm;
import java.time.Duration;
import java.util.List;

/// 通过提供的工具方法同步等待异步任务结束: waiting for tasks, and what can go wrong then.
///
/// Ids, client, interval, timeout and whether to stop at the first error are what the guide lists.
public final class WaitForTasks {
  private WaitForTasks() {}

  /// Starts a stopped VM and says how that went.
  public static String startAndWait(ApiClient client, String vmId) {
    var started = new VmApi(client).startVm(Vm.ID.is(vmId));
    return waitFor(client, started.taskIds(), Duration.ofMinutes(5));
  }

  /// Says how tasks went.
  public static String waitFor(ApiClient client, List<String> taskIds, Duration timeout) {
    try {
      var tasks = Tasks.waitTasks(taskIds, client, Duration.ofMillis(200), timeout, false);
      return "done: " + tasks.getFirst().description();
    } catch (TaskTimeoutException e) {
      return e.status() + ": it takes too long";
    } catch (TaskFailedException e) {
      return e.status() + ": " + e.failed().getFirst().errorMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    Program.run(
        args, List.of("stopped-vm-id"), (client, given) -> startAndWait(client, given.get(0)));
  }
}
